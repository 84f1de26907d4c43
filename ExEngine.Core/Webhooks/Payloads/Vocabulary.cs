using ExEngine.Core.Markets;
using ExEngine.Core.Planning;

namespace ExEngine.Core.Webhooks.Payloads;

/// <summary>Words that several payload presets share, in lower case.</summary>
internal static class Vocabulary
{
    public const int MaxDelaySeconds = 3_600;
    public const int MaxLagSeconds = 86_400;

    public static readonly IReadOnlyDictionary<string, bool> Flags = new Dictionary<string, bool>
    {
        ["true"] = true,
        ["false"] = false,
        ["yes"] = true,
        ["no"] = false,
        ["1"] = true,
        ["0"] = false,
    };

    public static readonly IReadOnlyDictionary<string, OrderType> OrderTypes = new Dictionary<string, OrderType>
    {
        ["market"] = OrderType.Market,
        ["limit"] = OrderType.Limit,
        ["stop"] = OrderType.Stop,
        ["stop_limit"] = OrderType.StopLimit,
    };

    /// <summary>As exchanges and platforms write them too; compared by letters and digits.</summary>
    public static readonly IReadOnlyDictionary<string, OrderType> AllOrderTypes = new Dictionary<string, OrderType>(OrderTypes)
    {
        ["mkt"] = OrderType.Market,
        ["lmt"] = OrderType.Limit,
        ["stop_market"] = OrderType.Stop,
        ["stop_loss"] = OrderType.Stop,
        ["sl-m"] = OrderType.Stop,
        ["sl"] = OrderType.StopLimit,
        ["stop_loss_limit"] = OrderType.StopLimit,
        ["trailing_stop"] = OrderType.TrailingStop,
    };

    public static readonly IReadOnlyDictionary<string, Direction> Sides = new Dictionary<string, Direction>
    {
        ["long"] = Direction.Long,
        ["buy"] = Direction.Long,
        ["short"] = Direction.Short,
        ["sell"] = Direction.Short,
    };

    /// <summary>One of these words, compared without regard to case, else by letters and digits; null when it is none.</summary>
    public static T? Find<T>(IReadOnlyDictionary<string, T> words, string text)
        where T : struct
    {
        if (words.TryGetValue(text.Trim().ToLowerInvariant(), out var choice))
        {
            return choice;
        }

        var plain = FieldName.Plain(text);
        foreach (var (word, meaning) in words)
        {
            if (plain.Length > 0 && FieldName.Plain(word) == plain)
            {
                return meaning;
            }
        }

        return null;
    }

    /// <summary>What leads to a position when no action is stated.</summary>
    public static SignalAction ActionFor(Sentiment? sentiment) =>
        sentiment switch
        {
            Sentiment.Long => SignalAction.Buy,
            Sentiment.Short => SignalAction.Sell,
            _ => SignalAction.Exit,
        };

    /// <summary>For senders that know no more.</summary>
    public static readonly IReadOnlyDictionary<string, OrderType> PlainOrderTypes = new Dictionary<string, OrderType>
    {
        ["market"] = OrderType.Market,
        ["limit"] = OrderType.Limit,
    };

    public static readonly IReadOnlyDictionary<string, SignalAction> Actions = new Dictionary<string, SignalAction>
    {
        ["buy"] = SignalAction.Buy,
        ["long"] = SignalAction.Buy,
        ["sell"] = SignalAction.Sell,
        ["short"] = SignalAction.Sell,
        ["exit"] = SignalAction.Exit,
        ["close"] = SignalAction.Exit,
        ["add"] = SignalAction.Add,
        ["cancel"] = SignalAction.Cancel,
    };

    /// <summary>Actions that name the side of the position.</summary>
    public static readonly IReadOnlyDictionary<string, DirectedAction> DirectedActions = new Dictionary<string, DirectedAction>
    {
        ["enter_long"] = new(SignalAction.Buy, Direction.Long),
        ["exit_long"] = new(SignalAction.Exit, Direction.Long),
        ["enter_short"] = new(SignalAction.Sell, Direction.Short),
        ["exit_short"] = new(SignalAction.Exit, Direction.Short),
    };

    public static readonly IReadOnlyDictionary<string, Sentiment> Sentiments = new Dictionary<string, Sentiment>
    {
        ["long"] = Sentiment.Long,
        ["bullish"] = Sentiment.Long,
        ["short"] = Sentiment.Short,
        ["bearish"] = Sentiment.Short,
        ["flat"] = Sentiment.Flat,
    };

    public static readonly IReadOnlyDictionary<string, TimeInForce> TimesInForce = new Dictionary<string, TimeInForce>
    {
        ["gtc"] = TimeInForce.GoodTillCancelled,
        ["ioc"] = TimeInForce.ImmediateOrCancel,
        ["fok"] = TimeInForce.FillOrKill,
        ["day"] = TimeInForce.Day,
    };
}

/// <param name="Direction">Null: either side.</param>
internal readonly record struct DirectedAction(SignalAction Action, Direction? Direction);
