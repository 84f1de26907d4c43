namespace ExEngine.Core.Markets;

/// <summary>Checks each number that a draft states against the market's rules. Changes nothing: a validator never adjusts.</summary>
public static class OrderValidator
{
    public static OrderVerdict Check(OrderDraft draft, Market market) => throw new NotSupportedException();
}
