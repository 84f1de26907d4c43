using System.Text.Json;

namespace ExEngine.Core.Text;

/// <summary>A JSON value that a reader of ours refuses, in words for who sent it.</summary>
public sealed class JsonRefusal : JsonException
{
    public JsonRefusal() { }

    public JsonRefusal(string message)
        : base(message) { }

    public JsonRefusal(string message, Exception inner)
        : base(message, inner) { }
}
