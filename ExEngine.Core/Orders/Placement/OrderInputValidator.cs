using ExEngine.Core.Markets;
using FluentValidation;

namespace ExEngine.Core.Orders.Placement;

/// <summary>What an order must state, before any market is looked at.</summary>
public sealed class OrderInputValidator : AbstractValidator<OrderInput>
{
    public OrderInputValidator()
    {
        RuleFor(o => o.AccountId).NotNull().WithMessage("The account is missing; choose one.");
        RuleFor(o => o.Symbol).NotEmpty().WithMessage("The symbol is missing; name one such as BTC/USDT.").MaximumLength(64);
        RuleFor(o => o.Side).NotNull().WithMessage("The side is missing; allowed are buy and sell.");
        RuleFor(o => o.Type)
            .NotNull()
            .WithMessage("The type is missing; allowed are market, limit, stop and stopLimit.")
            .NotEqual(OrderType.TrailingStop)
            .WithMessage("A trailing stop is part of a position's protection; set it there.");
        RuleFor(o => o.ReduceOnly)
            .NotEqual(true)
            .When(o => o.Side == OrderSide.Buy)
            .WithMessage("On spot a buy makes a position larger, so it cannot be reduce-only; leave that out.");
        RuleFor(o => o.PostOnly)
            .NotEqual(true)
            .When(o => o.Type != OrderType.Limit || o.TimeInForce is TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill)
            .WithMessage("Only a limit order that may rest can be post-only; leave that out, or choose limit.");
        RuleFor(o => o.Quantity).NotNull().When(o => o.Cost is null).WithMessage("State a quantity in base, or a cost in quote.");
        RuleFor(o => o.Quantity).GreaterThan(0).WithMessage("The quantity is above 0.");
        RuleFor(o => o.Cost).GreaterThan(0).WithMessage("The cost is above 0.");
        RuleFor(o => o.Price)
            .NotNull()
            .When(o => o.Type is OrderType.Limit or OrderType.StopLimit)
            .WithMessage("A limit order needs its price.");
        RuleFor(o => o.Price).GreaterThan(0).WithMessage("The price is above 0.");
        RuleFor(o => o.Price)
            .Null()
            .When(o => o.Type is OrderType.Market or OrderType.Stop)
            .WithMessage("A market or stop order has no limit price; leave it out, or choose limit.");
        RuleFor(o => o.StopPrice)
            .NotNull()
            .When(o => o.Type is OrderType.Stop or OrderType.StopLimit)
            .WithMessage("A stop order needs its stop price.");
        RuleFor(o => o.StopPrice).GreaterThan(0).WithMessage("The stop price is above 0.");
        RuleFor(o => o.StopPrice)
            .Null()
            .When(o => o.Type is OrderType.Market or OrderType.Limit)
            .WithMessage("Only stop orders have a stop price; leave it out, or choose stop.");
    }
}
