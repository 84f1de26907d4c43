using ExEngine.Core.Markets;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExEngine.Web.Api.Auth;

/// <summary>Identity keys its errors by its own codes; the API keys them by field and adds a <c>code</c>.</summary>
internal static class IdentityProblems
{
    public static object? Translate(object? result) =>
        result is INestedHttpResult nested
            ? nested.Result switch
            {
                ValidationProblem invalid => ApiProblems.Invalid(ByField(invalid.ProblemDetails.Errors)),
                ProblemHttpResult { StatusCode: StatusCodes.Status401Unauthorized } refused => Refusal(refused.ProblemDetails.Detail),
                _ => result,
            }
            : result;

    private static Dictionary<string, string[]> ByField(IDictionary<string, string[]> errors) =>
        errors.GroupBy(e => FieldOf(e.Key), e => e.Value).ToDictionary(g => g.Key, g => g.SelectMany(texts => texts).ToArray());

    // "detail" stays Identity's own word, because its clients look for RequiresTwoFactor there.
    private static ProblemHttpResult Refusal(string? word) =>
        word switch
        {
            "RequiresTwoFactor" => Refusal(word, ProblemCodes.TwoFactorRequired, "Send twoFactorCode or twoFactorRecoveryCode too."),
            "LockedOut" => Refusal(
                word,
                ProblemCodes.Locked,
                "Too many wrong attempts from here or for this address. Wait as long as Retry-After says; "
                    + "a device that signed in before, a passkey or a recovery code need not."
            ),
            "NotAllowed" => Refusal(
                word,
                ProblemCodes.UserDisabled,
                "An operator has disabled this account. What it holds stays protected; ask who runs this server."
            ),
            _ => Refusal("Failed", ProblemCodes.SignInFailed, "The e-mail address, the password or the code is wrong."),
        };

    private static ProblemHttpResult Refusal(string word, string code, string title) =>
        TypedResults.Problem(word, statusCode: StatusCodes.Status401Unauthorized, title: title, extensions: [new("code", code)]);

    private static string FieldOf(string code) =>
        code switch
        {
            "PasswordMismatch" or "OldPasswordRequired" => "oldPassword",
            "RequiresTwoFactor" or "InvalidTwoFactorCode" => "twoFactorCode",
            "CannotResetSharedKeyAndEnable" => "resetSharedKey",
            _ when code.StartsWith("Password", StringComparison.Ordinal) => "password",
            _ => "email",
        };
}
