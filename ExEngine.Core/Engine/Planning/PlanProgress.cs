namespace ExEngine.Core.Engine.Planning;

/// <summary>How far a plan came in this step.</summary>
/// <param name="IsOver">It stands in nobody's way any more: every leg is on its way, or it was refused.</param>
/// <param name="HoldsCoins">Coins are free for it, or its order is under way: protection leaves them alone.</param>
/// <param name="Waits">What it waits for, in a sentence; and the code of the refusal that it waits out. Null for both.</param>
internal readonly record struct PlanProgress(bool IsOver, bool HoldsCoins = false, string? Waits = null, string? Code = null)
{
    public static readonly PlanProgress Over = new(true);
}
