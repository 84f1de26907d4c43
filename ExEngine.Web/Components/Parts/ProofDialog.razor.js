// Gives the server a proof that the session's owner is there. Answers what went wrong, or nothing.
export async function prove(form, how) {
  const headers = { RequestVerificationToken: form.elements.__RequestVerificationToken.value };
  const post = (address, body) => fetch(address, { method: 'POST', headers, body, redirect: 'error' });
  try {
    const body = new URLSearchParams();
    if (how === 'Passkey') {
      const options = await (await post('account/passkeys/request-options')).json();
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
      body.set('Credential', JSON.stringify(await navigator.credentials.get({ publicKey })));
    } else {
      body.set('Password', form.elements.Password.value);
      if (form.elements.Code?.value) body.set('Code', form.elements.Code.value);
    }
    const answer = await post('account/confirm/proof', body);
    return answer.ok ? '' : answer.status === 403 ? await answer.text() : 'That did not work. Reload the page and try again.';
  } catch (error) {
    return error.name === 'NotAllowedError' ? 'Cancelled, or no passkey for this site is on this device.'
      : 'That did not work. Reload the page and try again.';
  }
}
