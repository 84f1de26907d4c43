namespace ExEngine.Web.Api.Problems;

/// <summary>A field of a request that cannot be read: 400 with its name.</summary>
/// <param name="field">As it was sent; empty for the whole body.</param>
/// <param name="message">What was sent, what is allowed and what to do.</param>
public sealed class FieldException(string field, string message, Exception? inner = null) : BadHttpRequestException(message, inner!)
{
    public string Field { get; } = field;
}
