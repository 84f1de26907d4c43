using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Running;
using ExEngine.Web.Components.Pages.Orders;
using ExEngine.Web.Components.Parts;
using ExEngine.Web.Components.Parts.Values;
using MudBlazor;

namespace ExEngine.Web.Components.Pages.Bots;

/// <summary>What a person does to a bot from the list or its page: what ends something asks once.</summary>
public sealed class BotActs(BotService service, BotControl control, OrderActs acts, IDialogService dialogs, ISnackbar notes)
{
    public Task StartAsync(Guid userId, Bot bot) => DoAsync(() => control.StartAsync(userId, bot.Id, CancellationToken.None));

    public Task PauseAsync(Guid userId, Bot bot) => DoAsync(() => control.PauseAsync(userId, bot.Id, CancellationToken.None));

    public Task ResumeAsync(Guid userId, Bot bot) => DoAsync(() => control.ResumeAsync(userId, bot.Id, CancellationToken.None));

    /// <returns>The new bot; null when there is none.</returns>
    public async Task<Guid?> CloneAsync(Guid userId, Bot bot)
    {
        BotResult? result = null;
        await DoAsync(async () => result = await service.CloneAsync(userId, bot.Id, CancellationToken.None));
        return (result as BotResult.Done)?.Bot.Id;
    }

    /// <summary>Asks how: the three ways differ in what becomes of orders and coins.</summary>
    public async Task StopAsync(Guid userId, Bot bot)
    {
        if (await dialogs.OpenAsync<StopBot>($"Stop {bot.Name}", new() { [nameof(StopBot.Bot)] = bot }) is BotStop how)
        {
            var press = control.NewKey();
            await DoAsync(() => control.StopAsync(userId, bot.Id, how, press, CancellationToken.None));
        }
    }

    /// <returns>Whether it is gone.</returns>
    public async Task<bool> DeleteAsync(Guid userId, Bot bot)
    {
        var isMeant = await ConfirmDialog.AskAsync(
            dialogs,
            $"Delete {bot.Name}",
            "It leaves the list. Its orders, fills and profit stay in the books.",
            "Delete bot",
            keep: "Keep it"
        );
        return isMeant && await DoAsync(() => service.DeleteAsync(userId, bot.Id, CancellationToken.None));
    }

    public async Task CloseDealAsync(Guid userId, Bot bot, int deal)
    {
        var text = $"Its orders are taken off, and what deal {deal} holds is sold at market. The bot goes on.";
        if (await ConfirmDialog.AskAsync(dialogs, $"Close deal {deal}", text, "Sell at market", keep: "Keep it"))
        {
            await AskAsync(userId, bot, new BotEvent.CloseAsked(deal));
        }
    }

    public async Task CancelDealAsync(Guid userId, Bot bot, int deal)
    {
        var text = $"Its orders are taken off, and what deal {deal} holds is kept without a target. The bot goes on.";
        if (await ConfirmDialog.AskAsync(dialogs, $"Cancel deal {deal}", text, "Keep the coins", keep: "Go on"))
        {
            await AskAsync(userId, bot, new BotEvent.CancelAsked(deal));
        }
    }

    public Task AskAsync(Guid userId, Bot bot, BotEvent asked)
    {
        var press = control.NewKey();
        return DoAsync(() => control.AskAsync(userId, bot.Id, press, asked, CancellationToken.None));
    }

    /// <summary>Why something was not done, for whoever pressed.</summary>
    public static string Refusal(BotResult result) =>
        result switch
        {
            BotResult.Refused refused => SaidText.Of(refused.Message),
            BotResult.Invalid invalid => SaidText.Of(string.Join(' ', invalid.Errors.Values.SelectMany(e => e))),
            _ => "The bot is not there any more.",
        };

    private async Task<bool> DoAsync(Func<Task<BotResult>> act)
    {
        BotResult? result = null;
        if (!await acts.TryAsync(async () => result = await Task.Run(act)))
        {
            return false;
        }

        if (result is null or BotResult.Done)
        {
            return true;
        }

        notes.Add(Refusal(result), Severity.Warning);
        return false;
    }
}
