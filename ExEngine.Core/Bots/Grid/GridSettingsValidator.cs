using FluentValidation;

namespace ExEngine.Core.Bots.Grid;

/// <summary>What the settings of a grid bot must state, before any market is looked at; the market's rules are the preview's.</summary>
public sealed class GridSettingsValidator : AbstractValidator<GridSettings>
{
    private const int MostGrids = 1000;

    public GridSettingsValidator()
    {
        RuleFor(s => s.Direction)
            .Equal(BotDirection.Long)
            .WithMessage("The direction is short; on spot markets only long is offered: choose long.");
        RuleFor(s => s.Lower).GreaterThan(0).WithMessage("The lowest line is {PropertyValue}; it is above 0: state a price.");
        RuleFor(s => s.Upper)
            .GreaterThan(s => s.Lower)
            .WithMessage("The highest line is {PropertyValue} and the lowest {ComparisonValue}; state a higher one.");
        RuleFor(s => s.Grids)
            .InclusiveBetween(2, MostGrids)
            .WithMessage($"There are {{PropertyValue}} intervals; 2 to {MostGrids} are allowed, with one line more.");
        RuleFor(s => s.Investment).GreaterThan(0).WithMessage("The investment is {PropertyValue}; it is above 0: state an amount.");
        RuleFor(s => s.QuantityPerGrid)
            .GreaterThan(0)
            .WithMessage("The quantity of a line is {PropertyValue}; it is above 0, or left out.");
        RuleFor(s => s.Reserve).InclusiveBetween(0, 50).WithMessage("The reserve is {PropertyValue} %; 0 to 50 are allowed.");
        RuleFor(s => s.UseOwnBase).GreaterThanOrEqualTo(0).WithMessage("Own coins are {PropertyValue}; that is 0 or more.");
        RuleFor(s => s.TriggerPrice).GreaterThan(0).WithMessage("The trigger price is {PropertyValue}; it is above 0, or left out.");
        RuleFor(s => s.TakeProfitPrice)
            .GreaterThan(s => s.Upper)
            .WithMessage("The take-profit price is {PropertyValue} and the highest line {ComparisonValue}; state a higher price.");
        RuleFor(s => s.StopLossPrice)
            .GreaterThan(0)
            .WithMessage("The stop price is {PropertyValue}; it is above 0, or left out.")
            .LessThan(s => s.Lower)
            .WithMessage("The stop price is {PropertyValue} and the lowest line {ComparisonValue}; state a lower price.");
        RuleFor(s => s.TrailingUpLimit)
            .GreaterThan(s => s.Upper)
            .WithMessage("The limit of trailing up is {PropertyValue} and the highest line {ComparisonValue}; state a higher price.");
        RuleFor(s => s.TrailingDownLimit)
            .LessThan(s => s.Lower)
            .WithMessage("The limit of trailing down is {PropertyValue} and the lowest line {ComparisonValue}; state a lower price.");
        RuleFor(s => s.PumpGuard).GreaterThan(0).WithMessage("The pump guard is {PropertyValue} intervals; it is above 0.");
        RuleFor(s => s.MaxActiveLines)
            .GreaterThan(0)
            .WithMessage("Active lines are {PropertyValue}; at least 1 a side is needed, or leave it out for all.");
        RuleFor(s => s.Reinvest).InclusiveBetween(0, 100).WithMessage("Reinvest is {PropertyValue} %; 0 to 100 are allowed.");
    }
}
