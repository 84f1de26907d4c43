namespace ExEngine.Core.Webhooks.Intake;

/// <summary>Why a request was not let in. Written to the security log; the sender sees one 401 for all of them.</summary>
public enum AuthFailure
{
    UnknownToken,
    LockedOut,
    SourceIpNotAllowed,
    SignatureMissing,
    SignatureMalformed,
    TimestampOutsideTolerance,
    SignatureWrong,
    SecretWrong,

    /// <summary>No secret in the message, or not where and as it must be.</summary>
    SecretMissing,
}
