using ExEngine.Core.Bots.Starts;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.MarketData;

namespace ExEngine.Core.Bots.Preview;

/// <summary>Previews of bots that are not stored, against the rules, the price and the balance of now.</summary>
public sealed class BotPreviewService(BotGrounds grounds, PriceFeed prices, StartWatch starts, TimeProvider time)
{
    private const int MostFalls = 20;

    public async Task<BotPreviewResult> OfAsync(Guid userId, BotPreviewAsk ask, CancellationToken cancellationToken)
    {
        var (draft, errors) = BotDraft.Read(ask.Kind, ask.Settings);
        if (ask.ReferencePrice <= 0)
        {
            errors["referencePrice"] = [$"The price is {ask.ReferencePrice}; it is above 0: state one, or leave it out for the last."];
        }

        if (ask.Falls is { } falls && (falls.Count > MostFalls || falls.Any(f => f is <= 0 or >= 100)))
        {
            errors["falls"] = [$"Falls are above 0 and below 100 percent, and at most {MostFalls}: state others."];
        }

        var found = await grounds.FindAsync(userId, ask.AccountId, ask.Symbol, cancellationToken);
        if (found is BotGroundResult.NotFound)
        {
            return new BotPreviewResult.NotFound();
        }

        if (found is BotGroundResult.Invalid invalid)
        {
            foreach (var (field, messages) in invalid.Errors)
            {
                errors[field] = messages;
            }
        }

        if (draft is null || errors.Count > 0 || found is not BotGroundResult.Found { Ground: var ground })
        {
            return new BotPreviewResult.Invalid(errors);
        }

        var price = ask.ReferencePrice ?? (await prices.GetAsync(ground.Account.Exchange, ground.Market.Symbol, cancellationToken))?.Last;
        var (balances, problem) = await grounds.BalancesAsync(ground.Account, cancellationToken);
        var context = Context(ground, price, balances, time.GetUtcNow().UtcDateTime);
        var outlook = BotOutlook.Of(draft, context, ask.Falls);
        if (problem is not null)
        {
            var warning = $"The balance is not known, so nothing is compared with it: {problem}";
            outlook = outlook with { Preview = outlook.Preview with { Warnings = [.. outlook.Preview.Warnings, warning] } };
        }

        var start = draft.Dca is { } dca
            ? await starts.ReadAsync(dca, ground.Account.Exchange, ground.Market.Symbol, price, cancellationToken)
            : null;
        return new BotPreviewResult.Done(draft, ground, context with { Start = start }, outlook);
    }

    /// <param name="price">Quote per base; null when there is none.</param>
    /// <param name="balances">Null when they are not known.</param>
    /// <param name="now">UTC.</param>
    public static BotContext Context(BotGround ground, decimal? price, IReadOnlyList<AssetBalance>? balances, DateTime now)
    {
        var quote = balances?.Where(b => b.Asset == ground.Market.Quote).ToList();
        var coins = balances?.Where(b => b.Asset == ground.Market.Base).ToList();
        return new()
        {
            Market = ground.Market,
            Fees = ground.Fees,
            Now = now,
            Price = price,
            FreeQuote = quote?.Sum(b => b.Free),
            FreeBase = coins?.Sum(b => b.Free),
            Equity = quote?.Sum(b => b.Total) + (coins?.Sum(b => b.Total) * price),
        };
    }
}

/// <param name="Settings">JSON of the kind's settings.</param>
/// <param name="ReferencePrice">Quote per base; null for the last.</param>
/// <param name="Falls">Percent; null for the usual ones.</param>
public sealed record BotPreviewAsk(
    string? Kind,
    Guid? AccountId,
    string? Symbol,
    string? Settings,
    decimal? ReferencePrice = null,
    IReadOnlyList<decimal>? Falls = null
);

public abstract record BotPreviewResult
{
    private BotPreviewResult() { }

    public sealed record Done(BotDraft Draft, BotGround Ground, BotContext Context, BotOutlook Outlook) : BotPreviewResult;

    public sealed record NotFound : BotPreviewResult;

    /// <param name="Errors">By field.</param>
    public sealed record Invalid(IDictionary<string, string[]> Errors) : BotPreviewResult;
}
