using System.Text.Json;
using ExEngine.Core.Text;

namespace ExEngine.Core.Exchanges.Ccxt;

/// <summary>
/// CCXT's exchanges as the gateway listed them when its version was last changed: <c>items</c> in <c>gateway/exchanges.json</c>.
/// </summary>
internal static class CcxtExchangeList
{
    public static IReadOnlyList<ExchangeInfo> Read()
    {
        using var file = typeof(CcxtExchangeList).Assembly.GetManifestResourceStream("exchanges.json")!;
        using var json = JsonDocument.Parse(file);
        return json.RootElement.GetProperty("items").Deserialize<ExchangeInfo[]>(ExactJson.Options)!;
    }
}
