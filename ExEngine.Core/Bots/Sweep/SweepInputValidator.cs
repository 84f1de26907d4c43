using FluentValidation;

namespace ExEngine.Core.Bots.Sweep;

/// <summary>What a sweep must state besides its backtest.</summary>
public sealed class SweepInputValidator : AbstractValidator<SweepInput>
{
    public const int MostRuns = 2_000;
    public const int MostValues = 200;

    public SweepInputValidator()
    {
        RuleFor(i => i.Backtest).NotNull().WithMessage("The backtest is missing; state what is played.");
        RuleFor(i => i.Parameters)
            .Must(p => p.Count is >= 1 and <= 6)
            .WithMessage("There are no parameters, or more than 6; state one to six settings that are tried.");
        RuleFor(i => i.Parameters)
            .Must(p => p.Select(one => one.Path).Distinct().Count() == p.Count)
            .WithMessage("A setting is named twice; state each once.");
        RuleForEach(i => i.Parameters)
            .Must(p => SweepMath.Values(p) is { Count: >= 1 and <= MostValues })
            .WithMessage($"A parameter has from, to and a step above 0, or values: 1 to {MostValues} of them.");
        RuleFor(i => i.Runs).InclusiveBetween(1, MostRuns).WithMessage($"{{PropertyValue}} runs; 1 to {MostRuns} are allowed.");
        RuleFor(i => i.Parameters)
            .Must((i, p) => i.Method == SweepMethod.Random || SweepMath.Combinations(p) <= MostRuns)
            .WithMessage($"These are more than {MostRuns} combinations; use larger steps, or draw some at random.");
        RuleFor(i => i.TrainPercent).InclusiveBetween(30, 90).WithMessage("{PropertyValue} % to choose on; 30 to 90 are allowed.");
        RuleFor(i => i.MaxDrawdownPercent)
            .GreaterThan(0)
            .WithMessage("The deepest drawdown is {PropertyValue} %; it is above 0, or left out.");
        RuleFor(i => i.MaxFunds).GreaterThan(0).WithMessage("The most funds are {PropertyValue}; they are above 0, or left out.");
    }
}
