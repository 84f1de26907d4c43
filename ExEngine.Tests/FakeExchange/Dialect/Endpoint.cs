using System.Text.Json.Nodes;

namespace ExEngine.Tests.FakeExchange.Dialect;

/// <summary>One method at one path.</summary>
/// <param name="Names">The parameters that it reads; those of a signature are added.</param>
/// <param name="Weight">Of the request limit; a request without a symbol may weigh more.</param>
internal sealed record Endpoint(
    string Method,
    string Path,
    EndpointKind Kind,
    string[] Names,
    Func<Parameters, int> Weight,
    Func<FakeRequest, JsonNode> Handle
)
{
    private static readonly string[] SignedNames = ["timestamp", "recvWindow", "signature"];

    public HashSet<string> Known { get; } = new(Kind == EndpointKind.Public ? Names : [.. Names, .. SignedNames], StringComparer.Ordinal);

    public bool Signed => Kind != EndpointKind.Public;
}
