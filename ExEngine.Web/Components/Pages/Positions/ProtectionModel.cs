using ExEngine.Core.Protection;
using ExEngine.Web.Components.Parts.Values;

namespace ExEngine.Web.Components.Pages.Positions;

/// <summary>Protection while it is typed.</summary>
internal sealed class ProtectionModel
{
    public bool HasStop { get; set; }
    public string? StopPercent { get; set; }
    public string? StopPrice { get; set; }
    public string? Trailing { get; set; }
    public bool BreakEven { get; set; }
    public List<TargetModel> Targets { get; } = [];

    public static ProtectionModel Of(ProtectionPlan? plan)
    {
        var input = ProtectionInput.Of(plan);
        var model = new ProtectionModel
        {
            HasStop = input.StopLoss is not null,
            StopPercent = Text(input.StopLoss?.Percent),
            StopPrice = Text(input.StopLoss?.Price),
            Trailing = Text(input.StopLoss?.TrailingPercent),
            BreakEven = input.StopLoss?.BreakEven ?? false,
        };
        model.Targets.AddRange(
            input.TakeProfits.Select(t => new TargetModel
            {
                ByPrice = t.Price is not null,
                Value = Text(t.Price ?? t.Percent),
                Share = Text(t.Share),
            })
        );
        return model;
    }

    public ProtectionInput Input() =>
        new()
        {
            TakeProfits =
            [
                .. Targets.Select(t => new TakeProfitInput
                {
                    Price = t.ByPrice ? Number(t.Value) : null,
                    Percent = t.ByPrice ? null : Number(t.Value),
                    Share = Number(t.Share),
                }),
            ],
            StopLoss = HasStop
                ? new StopLossInput
                {
                    Percent = Number(StopPercent),
                    Price = Number(StopPrice),
                    TrailingPercent = Number(Trailing),
                    BreakEven = BreakEven,
                }
                : null,
        };

    // What is no number becomes 0, which the validator refuses by saying what is allowed.
    private static decimal? Number(string? text) => NumberText.TryRead(text, out var value) ? value : 0;

    private static string? Text(decimal? value) => value is { } known ? NumberText.Write(known) : null;

    /// <summary>One target: a percentage above the entry, or a price.</summary>
    internal sealed class TargetModel
    {
        public bool ByPrice { get; set; }
        public string? Value { get; set; }
        public string? Share { get; set; }
    }
}
