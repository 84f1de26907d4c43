using System.Text.Json.Nodes;
using ExEngine.Core.Text;

namespace ExEngine.Core.Webhooks.Example;

/// <summary>What the example's webhook is sent: entries with and without a stop, an exit in part, and the usual mistakes.</summary>
internal static class ExampleAlerts
{
    /// <summary>In the order in which they are sent. Sizes of entries are in quote, so that they fit whatever the price is.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        """{"symbol":"BTC/USDT","action":"buy","order_type":"market","order_amount":"2500","stop_loss":"4%","take_profit":"8%"}""",
        """{"symbol":"ETH/USDT","action":"buy","order_type":"market","order_amount":"1200","stop_loss":"6%"}""",
        """{"symbol":"SOL/USDT","action":"buy","order_type":"market","order_amount":"600"}""",
        """{"symbol":"ETH/USDT","action":"sell","order_type":"market","trade_quantity":"40","quantity_type":"percent_of_position"}""",
        // Off the tick; below the minimum; a market that is not there; a stop on the wrong side; too late.
        """{"symbol":"BTC/USDT","action":"buy","order_type":"limit","trade_price":"60000.105","trade_quantity":"0.01"}""",
        """{"symbol":"DOGE/USDT","action":"buy","order_type":"limit","trade_price":"0.1","trade_quantity":"10"}""",
        """{"symbol":"BTCUSD.P","action":"buy","order_type":"market","order_amount":"100"}""",
        """{"symbol":"SOL/USDT","action":"buy","order_type":"market","order_amount":"100","stop_loss":"100000"}""",
        """{"symbol":"BTC/USDT","action":"buy","order_type":"market","order_amount":"100","age":3600}""",
    ];

    /// <param name="now">UTC: when it fired, less the seconds of its age.</param>
    public static string Body(string alert, string secret, DateTime now)
    {
        var body = JsonNode.Parse(alert)!.AsObject();
        if (body.Remove("age", out var age))
        {
            body["time"] = now.AddSeconds(-age!.GetValue<int>());
        }

        body["secret"] = secret;
        return body.ToJsonString(ExactJson.Options);
    }
}
