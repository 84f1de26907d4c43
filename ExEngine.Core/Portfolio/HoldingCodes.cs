using ExEngine.Core.Markets;

namespace ExEngine.Core.Portfolio;

/// <summary>Codes: what assigning coins to positions, or writing them off, says. See <see cref="RefusalCode"/>.</summary>
public static class HoldingCodes
{
    [Refusal(
        "More is to be assigned than no position holds.",
        "Assign what is unassigned, or less.",
        Field = "quantity",
        Asked = true,
        Limit = true,
        Nearest = true
    )]
    public const string NotUnassigned = "not_unassigned";

    [Refusal(
        "More is to be written off than the position holds.",
        "Write off what it holds, or less.",
        Field = "quantity",
        Asked = true,
        Limit = true,
        Nearest = true
    )]
    public const string MoreThanHeld = "more_than_held";
}
