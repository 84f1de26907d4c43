using FluentValidation;

namespace ExEngine.Core.Bots.Recurring;

/// <summary>What recurring buys must state, before any market is looked at.</summary>
public sealed class RecurringSettingsValidator : AbstractValidator<RecurringSettings>
{
    public RecurringSettingsValidator()
    {
        RuleFor(s => s.Amount).GreaterThan(0).WithMessage("The amount is {PropertyValue}; it is above 0: state what each buy may cost.");
        RuleFor(s => s.Schedule).SetValidator(new BuyScheduleValidator()).OverridePropertyName("");
        RuleFor(s => s.MonthlyLimit)
            .GreaterThanOrEqualTo(s => s.Amount)
            .WithMessage("The month's limit is {PropertyValue} and each buy {ComparisonValue}; state a higher limit, or none.");
        RuleFor(s => s.MaxPrice)
            .GreaterThan(s => s.MinPrice ?? 0)
            .When(s => s.MaxPrice is not null)
            .WithMessage("The highest price is {PropertyValue} and the lowest {ComparisonValue}; state a higher one.");
        RuleFor(s => s.SkipAbove).GreaterThanOrEqualTo(0).WithMessage("Skip above is {PropertyValue} %; it is 0 or more, or left out.");
    }
}
