// What the plain account pages do in the browser: passkeys, password strength, showing a password, errors beside fields.

// ---- passkeys: the form is sent with what the authenticator answered
const passkeysWork = typeof PublicKeyCredential === 'function'
  && typeof PublicKeyCredential.parseCreationOptionsFromJSON === 'function'
  && typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function';

customElements.define('passkey-form', class extends HTMLElement {
  connectedCallback() {
    this.hidden = !passkeysWork;
    this.form = this.querySelector('form');
    this.form.addEventListener('submit', event => {
      event.preventDefault();
      this.ask();
    });
  }

  async ask() {
    const button = this.form.querySelector('button');
    const problem = this.form.querySelector('[role=alert]');
    button.disabled = true;
    problem.textContent = '';
    try {
      this.form.elements.Credential.value = JSON.stringify(await this.credential());
      this.form.submit();
    } catch (error) {
      button.disabled = false;
      problem.textContent = error.name === 'Refused' ? error.message
        : error.name === 'NotAllowedError' ? 'Cancelled, or no passkey for this site is on this device.'
        : error.name === 'InvalidStateError' ? 'This device already holds a passkey of yours.'
        : error.name === 'SecurityError' ? 'Browsers allow passkeys only over HTTPS or at localhost, by name and not by IP address.'
        : 'That did not work. Try again.';
    }
  }

  async credential() {
    const response = await fetch(this.dataset.options, {
      method: 'POST',
      headers: { RequestVerificationToken: this.form.elements.__RequestVerificationToken.value },
    });
    if (response.status === 403) throw Object.assign(new Error(await response.text()), { name: 'Refused' });
    if (!response.ok) throw new Error(`${this.dataset.options} answered ${response.status}`);
    const options = await response.json();
    return this.dataset.operation === 'create'
      ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  }
});

// ---- password strength, by length
customElements.define('password-strength', class extends HTMLElement {
  connectedCallback() {
    const input = this.closest('.field').querySelector('input');
    input.addEventListener('input', () => this.show(input.value.length));
  }

  show(length) {
    const least = Number(this.dataset.min);
    this.hidden = length === 0;
    this.dataset.level = length < least ? 'poor' : length < least + 4 ? 'fair' : 'good';
    this.style.setProperty('--filled', Math.min(1, length / (least + 8)));
    this.querySelector('output').textContent = length < least ? `${least - length} more to go`
      : length < least + 4 ? 'Good' : length < least + 8 ? 'Strong' : 'Very strong';
  }
});

// ---- show a password
document.addEventListener('click', event => {
  const button = event.target.closest?.('[data-reveal]');
  if (!button) return;
  const input = document.getElementById(button.dataset.reveal);
  const show = input.type === 'password';
  input.type = show ? 'text' : 'password';
  button.setAttribute('aria-pressed', show);
  button.setAttribute('aria-label', show ? 'Hide the password' : 'Show the password');
  button.querySelector('i').textContent = show ? 'visibility_off' : 'visibility';
});

// ---- errors beside fields: after the first blur while typing, and all of them when the form is sent
const checked = new WeakSet();

function messageOf(input) {
  const state = input.validity;
  return state.valid ? ''
    : state.valueMissing ? input.dataset.missing
    : state.typeMismatch ? 'Enter an e-mail address such as name@example.com.'
    : state.tooShort ? `At least ${input.minLength} characters.`
    : input.validationMessage;
}

function check(input) {
  const place = document.getElementById(`${input.id}-error`);
  if (!place) return true;
  const message = messageOf(input);
  place.textContent = message;
  input.classList.toggle('invalid', message !== '');
  input.toggleAttribute('aria-invalid', message !== '');
  if (message) input.setAttribute('aria-invalid', 'true');
  return message === '';
}

const ofOurs = element => element instanceof HTMLInputElement && element.matches('form.form input[id]');

document.addEventListener('focusout', event => {
  if (!ofOurs(event.target) || event.target.value === '') return;
  checked.add(event.target);
  check(event.target);
});
document.addEventListener('input', event => {
  if (ofOurs(event.target) && (checked.has(event.target) || event.target.classList.contains('invalid'))) check(event.target);
});
document.addEventListener('submit', event => {
  if (!event.target.matches('form.form')) return;
  const wrong = [...event.target.querySelectorAll('input[id]')].filter(input => !check(input));
  if (wrong.length === 0) return;
  event.preventDefault();
  wrong[0].focus();
}, true);

// Our own words instead of the browser's bubbles.
for (const form of document.querySelectorAll('form.form')) form.noValidate = true;
new MutationObserver(() => {
  for (const form of document.querySelectorAll('form.form:not([novalidate])')) form.noValidate = true;
}).observe(document.documentElement, { childList: true, subtree: true });
