using FluentValidation;

namespace ExEngine.Core.Protection;

/// <summary>What a protection must state, before any market is looked at.</summary>
public sealed class ProtectionInputValidator : AbstractValidator<ProtectionInput>
{
    private const int MaxTakeProfits = 10;
    private const decimal MaxPercent = 100_000;

    public ProtectionInputValidator()
    {
        RuleFor(p => p.TakeProfits)
            .Must(t => t.Count <= MaxTakeProfits)
            .WithMessage($"At most {MaxTakeProfits} take-profits are kept.")
            .Must(t => t.Sum(s => s.Share ?? 100) <= 100)
            .WithMessage("The shares of the take-profits add up to at most 100 %.");
        RuleForEach(p => p.TakeProfits)
            .ChildRules(step =>
            {
                step.RuleFor(t => t.Percent)
                    .NotNull()
                    .When(t => t.Price is null)
                    .WithMessage("State a percent above the entry, or a price.");
                step.RuleFor(t => t.Percent).Null().When(t => t.Price is not null).WithMessage("State a percent or a price, not both.");
                step.RuleFor(t => t.Percent)
                    .GreaterThan(0)
                    .LessThanOrEqualTo(MaxPercent)
                    .WithMessage("The percent is above 0 and at most 100000.");
                step.RuleFor(t => t.Price).GreaterThan(0).WithMessage("The price is above 0.");
                step.RuleFor(t => t.Share).GreaterThan(0).LessThanOrEqualTo(100).WithMessage("The share is above 0 and at most 100 %.");
            });
        RuleFor(p => p.StopLoss!)
            .ChildRules(stop =>
            {
                stop.RuleFor(s => s.Percent)
                    .NotNull()
                    .When(s => s is { Price: null, TrailingPercent: null })
                    .WithMessage("State a percent below the entry, a price, or a trailing percent.");
                stop.RuleFor(s => s.Percent).GreaterThan(0).LessThan(100).WithMessage("The percent is above 0 and below 100.");
                stop.RuleFor(s => s.Price).GreaterThan(0).WithMessage("The price is above 0.");
                stop.RuleFor(s => s.TrailingPercent)
                    .GreaterThan(0)
                    .LessThan(100)
                    .WithMessage("The trailing percent is above 0 and below 100.");
            })
            .When(p => p.StopLoss is not null);
    }
}
