namespace ExEngine.Tests.FakeExchange;

public enum LedgerKind
{
    /// <summary>A request to a private endpoint, written when it has had its effect and before it is answered.</summary>
    Request,

    /// <summary>An account was given <see cref="LedgerEntry.Quantity"/> of <see cref="LedgerEntry.Asset"/>.</summary>
    Deposit,

    /// <summary>An order was accepted.</summary>
    Order,

    Fill,

    /// <summary>An order was cancelled; the quantity is what had not been filled.</summary>
    Cancel,

    /// <summary>An order ended by the rules of its type; the quantity is what had not been filled.</summary>
    Expiry,
}
