namespace ExEngine.Tests.FakeExchange.Trading;

/// <summary>A request that Binance would refuse, with its HTTP status, code and exact message.</summary>
internal sealed class RefusedException(int status, int code, string message) : Exception(message)
{
    public int Status { get; } = status;
    public int Code { get; } = code;

    /// <summary>A request that is wrong in itself.</summary>
    public static RefusedException Bad(int code, string message) => new(400, code, message);

    public static RefusedException Filter(string name) => new(400, -1013, $"Filter failure: {name}");

    /// <summary>What only the matching engine can know.</summary>
    public static RefusedException Rejected(string message) => new(400, -2010, message);

    public static RefusedException Poor() => Rejected("Account has insufficient balance for requested action.");

    public static RefusedException NoOrder() => new(400, -2013, "Order does not exist.");

    public static RefusedException NothingToCancel() => new(400, -2011, "Unknown order sent.");
}
