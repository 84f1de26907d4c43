namespace ExEngine.Core.Webhooks.Payloads;

/// <summary>A body without its secrets: what is parsed, kept and shown.</summary>
/// <param name="Bytes">For the parser; the very bytes that came when nothing had to be cut.</param>
/// <param name="Text">For the row; bad UTF-8 and NUL are replaced, because no database takes them.</param>
public readonly record struct RedactedBody(ReadOnlyMemory<byte> Bytes, string Text);
