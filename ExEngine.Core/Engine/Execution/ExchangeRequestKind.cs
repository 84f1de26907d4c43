namespace ExEngine.Core.Engine.Execution;

/// <summary>Why an exchange is called for an order. Each has a bound of its own, so that none waits behind the others.</summary>
public enum ExchangeRequestKind
{
    Send,
    Cancel,

    /// <summary>To learn what became of an order whose state is not certain.</summary>
    Settle,

    /// <summary>To learn whether a resting order still rests.</summary>
    Poll,
}
