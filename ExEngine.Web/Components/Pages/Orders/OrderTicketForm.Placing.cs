using ExEngine.Core.Markets;
using ExEngine.Core.Orders.Placement;
using ExEngine.Core.Portfolio;
using ExEngine.Core.Risk;
using ExEngine.Web.Components.Live;
using ExEngine.Web.Components.Parts.Values;
using Microsoft.JSInterop;

namespace ExEngine.Web.Components.Pages.Orders;

/// <summary>The button: what it says, what it asks, and what it does.</summary>
public sealed partial class OrderTicketForm
{
    private string? _refusal;
    private long? _askedAt;
    private Guid _press;
    private bool _placing;

    private bool IsBlocked => _model.Side == OrderSide.Buy && _state != TradingState.Active;

    private string? Caution =>
        _preview.CanPlace && Market is { } market && Account is { } account
            ? TicketCaution.Reason(_preview, account.Mode, market, _price.IsStale ? null : _ticker)
            : null;

    private string Verb =>
        IsBlocked
            ? _state == TradingState.Halted
                ? "Halted: nothing is bought"
                : "Reduce only: nothing is bought"
            : !_preview.CanPlace || Market is not { } market
                ? $"{_model.Side} {Market?.Base}".TrimEnd()
                : _askedAt is not null && Caution is not null
                    ? TicketCaution.Act(_preview, Account!.Mode, market)
                    : $"{_model.Side} {AmountText.Quantity(_preview.Input.Quantity!.Value, market)} {market.Base}";

    private async Task PressAsync()
    {
        if (_placing)
        {
            return;
        }

        _placing = true;
        try
        {
            await _form.ReadAsync();
            Look();
            _left.UnionWith(_preview.Errors.Keys);
            if (_preview.CanPlace && !IsBlocked && IsMeant())
            {
                await PlaceAsync();
            }
        }
        finally
        {
            _placing = false;
        }
    }

    // The first press of what is asked about asks, and a second one a moment later says that it is meant.
    private bool IsMeant()
    {
        if (Caution is null || (_askedAt is { } at && Clock.GetElapsedTime(at) >= TicketCaution.Pause))
        {
            return true;
        }

        _askedAt ??= Clock.GetTimestamp();
        return false;
    }

    private static ProtectedOrderInput Input(TicketPreview preview) =>
        new()
        {
            AccountId = preview.Input.AccountId,
            Symbol = preview.Input.Symbol,
            Side = preview.Input.Side,
            Type = preview.Input.Type,
            Quantity = preview.Input.Quantity,
            Price = preview.Input.Price,
            StopPrice = preview.Input.StopPrice,
            TimeInForce = preview.Input.TimeInForce,
            ReduceOnly = preview.Input.ReduceOnly,
            PostOnly = preview.Input.PostOnly,
            Protection = preview.Protection,
        };

    private async Task CancelAsync()
    {
        await Script.InvokeVoidAsync("typing.forget", Kept);
        await Cancelled.InvokeAsync();
    }

    private async Task PlaceAsync()
    {
        try
        {
            var (input, press) = (Input(_preview), _press);
            switch (await Task.Run(() => Placing.PlaceAsync(UserId, press, input, CancellationToken.None)))
            {
                case OrderResult.Done done:
                    _press = Service.NewKey();
                    await Script.InvokeVoidAsync("typing.forget", Kept);
                    await Placed.InvokeAsync(done.Order.Id);
                    break;
                case OrderResult.Refused refused:
                    _refusal = SaidText.Of(refused.Refusal.Message);
                    break;
                case OrderResult.Invalid invalid:
                    _refusal = string.Join(" ", invalid.Errors.SelectMany(e => e.Value));
                    break;
                case OrderResult.NotFound:
                    _refusal = "The account is gone. Choose another one.";
                    break;
            }
        }
        catch (Exception e) when (DatabaseError.Is(e))
        {
            // The same press again places nothing twice, whatever became of this one.
            _refusal =
                "The database did not answer, so it is not certain whether the order was placed. Press again: it is placed once only.";
            Log.LogWarning(e, "An order could not be placed");
        }
    }
}
