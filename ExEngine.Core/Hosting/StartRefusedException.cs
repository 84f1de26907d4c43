namespace ExEngine.Core.Hosting;

/// <summary>
/// Something that the operator must mend before this process may run. The message is shown as it is, without a stack
/// trace, and the process ends with exit code 1; it says what is wrong, what is allowed and what to do, and holds no secret.
/// </summary>
public sealed class StartRefusedException : Exception
{
    public StartRefusedException(string message)
        : base(message) { }

    public StartRefusedException(string message, Exception innerException)
        : base(message, innerException) { }
}
