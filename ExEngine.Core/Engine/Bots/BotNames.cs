using ExEngine.Core.Bots.Running;
using ExEngine.Core.Data;
using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Core.Webhooks.Payloads;
using ExEngine.Core.Webhooks.Signals;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Engine.Bots;

/// <summary>
/// Which bot an alert means: by its id, else by its name, else by what stands behind the <c>#</c> at the end of its name, which is where
/// an import leaves the number that the bot had elsewhere. Only bots of the signal's user on the signal's account.
/// </summary>
internal static class BotNames
{
    public static async Task<(Bot? Bot, OrderRefusal? Refusal)> FindAsync(
        AppDb db,
        Signal signal,
        BotMessage message,
        CancellationToken cancellationToken
    )
    {
        var name = BotMaker.Normal(message.Bot);
        var ending = "#" + name;
        var id = Guid.TryParse(message.Bot.Trim(), out var parsed) ? parsed : Guid.Empty;
        var named = await BotChanges
            .Mine(db, signal.UserId)
            .Where(b => b.Id == id || b.NormalizedName == name || b.NormalizedName.EndsWith(ending))
            .OrderBy(b => b.Id)
            .ToListAsync(cancellationToken);
        var best = Best(named, id, name);
        var here = best.Where(b => b.AccountId == signal.AccountId).ToList();
        if (here.Count == 0)
        {
            return best.Count == 0
                ? Refused(BotCodes.Unknown, "bot", message.Bot, $"There is no bot \"{message.Bot}\"; state its id, or its name.")
                : Refused(
                    BotCodes.OtherAccount,
                    "bot",
                    message.Bot,
                    $"{best[0].Name} trades on another account than this webhook's; send it to a webhook of that account."
                );
        }

        var stated = SignalDetailJson.Read(signal.Detail).Draft?.Symbol;
        var fitting = stated is null ? here : here.FindAll(b => IsOf(b.Symbol, stated));
        return fitting.Count switch
        {
            1 => (fitting[0], null),
            0 => Refused(
                BotCodes.OtherSymbol,
                "symbol",
                stated,
                $"{here[0].Name} trades {here[0].Symbol}, and the alert says {stated}; leave the symbol out, or name the bot of that symbol."
            ),
            _ => Refused(
                BotCodes.Unknown,
                "bot",
                message.Bot,
                $"\"{message.Bot}\" can be {string.Join(" or ", fitting.Select(b => b.Name))}; state the name or the id of one."
            ),
        };
    }

    /// <summary>As it is written anywhere: <c>BTC/USDT</c>, <c>BINANCE:BTCUSDT</c>, and <c>USDT_BTC</c> with the quote first.</summary>
    internal static bool IsOf(string symbol, string stated)
    {
        var text = FieldName.Plain(stated[(stated.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        var parts = symbol.Split(':')[0].Split('/');
        return text == FieldName.Plain(symbol.Split(':')[0])
            || (parts.Length == 2 && text == FieldName.Plain(parts[1]) + FieldName.Plain(parts[0]));
    }

    private static List<Bot> Best(List<Bot> named, Guid id, string name) =>
        named.FindAll(b => b.Id == id) is { Count: > 0 } byId ? byId
        : named.FindAll(b => b.NormalizedName == name) is { Count: > 0 } byName ? byName
        : named;

    private static (Bot?, OrderRefusal) Refused(string code, string field, string? asked, string message) =>
        (null, new OrderRefusal(code, field, asked, null, [], message));
}
