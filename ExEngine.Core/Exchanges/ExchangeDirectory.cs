namespace ExEngine.Core.Exchanges;

/// <summary>The exchanges that accounts can be on.</summary>
public sealed class ExchangeDirectory
{
    private static readonly IReadOnlyList<ExchangeInfo> Known =
    [
        new(ExchangeInfo.Paper, "Paper", [], Streams: true),
        new("binance", "Binance", ["apiKey", "secret"], Streams: true),
        new("okx", "OKX", ["apiKey", "secret", "password"], Streams: true),
    ];

    /// <summary>The built-in one first, then by name.</summary>
    public ValueTask<IReadOnlyList<ExchangeInfo>> ListAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Known);
}
