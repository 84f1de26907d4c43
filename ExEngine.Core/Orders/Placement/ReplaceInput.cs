using FluentValidation;

namespace ExEngine.Core.Orders.Placement;

/// <summary>What an open limit order is to become; what is left out stays as it is.</summary>
public sealed record ReplaceInput
{
    /// <summary>Quote per base.</summary>
    public decimal? Price { get; set; }

    /// <summary>In base: altogether, with what the order has executed already.</summary>
    public decimal? Quantity { get; set; }
}

/// <summary>What a change must state.</summary>
public sealed class ReplaceInputValidator : AbstractValidator<ReplaceInput>
{
    public ReplaceInputValidator()
    {
        RuleFor(c => c.Price).NotNull().When(c => c.Quantity is null).WithMessage("State a price, a quantity, or both.");
        RuleFor(c => c.Price).GreaterThan(0).WithMessage("The price is above 0.");
        RuleFor(c => c.Quantity).GreaterThan(0).WithMessage("The quantity is above 0; to have no order, cancel it.");
    }
}
