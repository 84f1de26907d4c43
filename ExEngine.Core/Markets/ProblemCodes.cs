namespace ExEngine.Core.Markets;

/// <summary>Codes: what the REST interface and the webhooks answer besides. See <see cref="RefusalCode"/>.</summary>
public static class ProblemCodes
{
    [Refusal("Some fields need a correction; `errors` has them by name.", "Correct them.")]
    public const string ValidationFailed = "validation_failed";

    [Refusal("The request cannot be read; `errors` has the field, where one is to blame.", "Correct it, as the detail says.")]
    public const string BadRequest = "bad_request";

    [Refusal(
        "Who asks is not known; of a webhook: the URL, the signature or the secret is not right, or the source is not listed.",
        "Sign in, or check the address, the secret, the clock and the source list."
    )]
    public const string Unauthenticated = "unauthenticated";

    [Refusal("This may not be done by who asks.", "Use another user or token.")]
    public const string Forbidden = "forbidden";

    [Refusal("It does not exist, or belongs to somebody else.", "Check the address.")]
    public const string NotFound = "not_found";

    [Refusal("The address does not know this method.", "Use one of those in `Allow`.")]
    public const string MethodNotAllowed = "method_not_allowed";

    [Refusal("It does not fit what is there now.", "Read it again.")]
    public const string Conflict = "conflict";

    [Refusal("The body is larger than allowed.", "Send a shorter one.", Former = "body_too_large")]
    public const string TooLarge = "too_large";

    [Refusal("The body is of another type than is read here.", "Send JSON.")]
    public const string UnsupportedMediaType = "unsupported_media_type";

    [Refusal("Too many requests, attempts or alerts.", "Wait as long as `Retry-After` says.")]
    public const string RateLimited = "rate_limited";

    [Refusal("The user has as many webhooks as the operator allows; `limit` is how many.", "Delete one, or ask the operator.")]
    public const string TooManyWebhooks = "too_many_webhooks";

    [Refusal("The user has as many accounts as the operator allows; `limit` is how many.", "Delete one, or ask the operator.")]
    public const string TooManyAccounts = "too_many_accounts";

    [Refusal(
        "As many backtests and sweeps of the user are under way as may be; `limit` is how many.",
        "Wait until one is done, or cancel one."
    )]
    public const string TooManyBacktests = "too_many_backtests";

    [Refusal(
        "As many alerts came for this user today as the operator allows, over all webhooks.",
        "Wait for the UTC day to end, or ask the operator."
    )]
    public const string TooManyAlertsToday = "too_many_alerts_today";

    [Refusal(
        "The alerts of this user came to as many bytes today as the operator allows.",
        "Send shorter ones, wait for the UTC day to end, or ask the operator."
    )]
    public const string TooManyAlertBytesToday = "too_many_alert_bytes_today";

    [Refusal("Something failed here.", "Try again; report it with its request id.")]
    public const string ServerError = "server_error";

    [Refusal("Something else is wrong with the request.", "See the status.")]
    public const string Error = "error";

    [Refusal("The alert could not be stored in time.", "Send it again; it will not count twice.")]
    public const string Unavailable = "unavailable";

    [Refusal("The exchange turned the API key down; `exchangeCode` is its own code.", "Check the key, its rights and its address list.")]
    public const string ExchangeRefusedKey = "exchange_refused_key";

    [Refusal("The exchange refused the question; `exchangeCode` is its own code.", "Correct it, as the detail says.")]
    public const string ExchangeRefused = "exchange_refused";

    [Refusal("The stored secrets do not open with this key ring.", "Enter them again.")]
    public const string KeysUnreadable = "keys_unreadable";

    [Refusal("Only a paper account can begin anew.", "Use a paper account.")]
    public const string NotAPaperAccount = "not_a_paper_account";

    [Refusal("Links by e-mail are asked for on a page, not over REST.", "Open `/account/forgot`, or ask the operator.")]
    public const string NoEmail = "no_email";

    [Refusal("A page of another site sent this with a user's session.", "Call from this site, or with a bearer token.")]
    public const string CrossSite = "cross_site";

    [Refusal(
        "It gives or takes lasting access, and it is more than five minutes that you proved to be there.",
        "Send `password` or `twoFactorCode` to `POST /api/auth/confirm`, or sign in anew, and send it again."
    )]
    public const string ConfirmationRequired = "confirmation_required";

    [Refusal("The password is right, and a second factor is needed.", "Send `twoFactorCode` or `twoFactorRecoveryCode` too.")]
    public const string TwoFactorRequired = "two_factor_required";

    [Refusal(
        "Too many wrong attempts from this place or for this address.",
        "Wait as long as `Retry-After` says. A device that signed in before, a passkey or a recovery code need not."
    )]
    public const string Locked = "locked";

    [Refusal("The e-mail address, the password or the code is wrong.", "Try again.")]
    public const string SignInFailed = "sign_in_failed";

    [Refusal("New users are taken by invitation.", "Ask the operator for an invitation, and send its token as `invitation`.")]
    public const string InvitationRequired = "invitation_required";

    [Refusal("The invitation was used or withdrawn, is too old, or is for another address.", "Ask the operator for a new one.")]
    public const string InvitationInvalid = "invitation_invalid";

    [Refusal("No new users are taken.", "Ask the operator: it is the setting `Users:Registration`.")]
    public const string RegistrationClosed = "registration_closed";

    [Refusal(
        "An operator has disabled the user, or the user whose webhook this is. What the user holds stays protected.",
        "Ask the operator."
    )]
    public const string UserDisabled = "user_disabled";

    [Refusal("The user is the only operator that is not disabled.", "Make another user operator first.")]
    public const string LastOperator = "last_operator";
}
