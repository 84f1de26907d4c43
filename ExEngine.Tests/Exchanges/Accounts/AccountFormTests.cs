using Bunit;
using ExEngine.Core.Data;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Tests.Support;
using ExEngine.Web.Components.Pages.Accounts;
using ExEngine.Web.Components.Parts;
using ExEngine.Web.Components.Parts.Values;
using ExEngine.Web.Users.Proofs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Exchanges.Accounts;

[NeedsServer]
public sealed class AccountFormTests(DoorsApp app) : BunitContext
{
    private readonly TypingClock _clock = new();
    private Guid _userId;

    [Fact]
    public async Task UntouchedForm_ShowsNoMessage()
    {
        var form = await FormAsync();

        form.FindAll(".field-error").ShouldBeEmpty();
    }

    [Fact]
    public async Task NameLeftEmpty_SaysSoBesideTheField()
    {
        var form = await FormAsync();

        await form.Find("#account-name").BlurAsync(new());

        form.WaitForAssertion(() => Messages(form, "account-name").ShouldBe(["Give the account a name."]));
    }

    [Fact]
    public async Task SubmittedLiveFormWithoutAnything_ShowsEveryMessage()
    {
        var form = await FormAsync();
        await form.Find("#account-exchange").InputAsync("okx");
        await form.Find("#account-mode").ChangeAsync(nameof(AccountMode.Live));

        await form.Find("form").SubmitAsync();

        form.WaitForAssertion(() =>
        {
            Messages(form, "account-name").ShouldBe(["Give the account a name."]);
            Messages(form, "account-key").ShouldBe(["OKX needs the API key for a live account."]);
            Messages(form, "account-secret").ShouldBe(["OKX needs the secret for a live account."]);
            Messages(form, "account-passphrase").ShouldBe(["OKX needs the passphrase for a live account."]);
        });
    }

    [Theory]
    [InlineData("zzz", 0, "Choose an exchange.")]
    [InlineData("", 4, "Choose an exchange.")]
    [InlineData("kraken", 1, null)]
    [InlineData("bitst", 1, null)]
    public async Task Exchange_IsFoundByAPartOfItsName(string typed, int atLeast, string? message)
    {
        var form = await FormAsync();

        await form.Find("#account-exchange").InputAsync(typed);
        form.FindAll("#account-exchange-list li").Count.ShouldBeGreaterThanOrEqualTo(atLeast);
        await form.Find("#account-exchange").BlurAsync(new());

        form.WaitForAssertion(() => Messages(form, "account-exchange").ShouldBe(message is null ? [] : [message]));
    }

    [Theory]
    [InlineData("1234", "The API key has at least 8 characters. Copy it whole.")]
    [InlineData("1234 56789", "The API key holds a space or a line break. Copy it again without one.")]
    public async Task WrongKey_SaysWhatIsWrong(string key, string expected)
    {
        var form = await FormAsync();
        await form.Find("#account-exchange").InputAsync("binance");
        await form.Find("#account-mode").ChangeAsync(nameof(AccountMode.Live));

        await form.Find("#account-key").InputAsync(key);
        await form.Find("#account-key").BlurAsync(new());

        form.WaitForAssertion(() => Messages(form, "account-key").ShouldBe([expected]));
    }

    [Fact]
    public async Task TakenName_IsToldAfterAPauseInTypingOnly()
    {
        var form = await FormAsync(taken: "Main");
        foreach (var text in new[] { "M", "Ma", "Mai", "Main" })
        {
            await form.Find("#account-name").InputAsync(text);
            form.FindAll(".field-error").ShouldBeEmpty();
        }

        _clock.Waiting.ShouldBe(TimeSpan.FromMilliseconds(300));
        _clock.Elapse();

        form.WaitForAssertion(() =>
            Messages(form, "account-name").ShouldBe(["You already have an account named Main. Choose another name."])
        );
        _clock.Waiting.ShouldBe(Timeout.InfiniteTimeSpan);
    }

    [Fact]
    public async Task BackToPaper_ForgetsWhatWasTypedAsKeys()
    {
        var form = await FormAsync();
        await form.Find("#account-exchange").InputAsync("binance");
        await form.Find("#account-mode").ChangeAsync(nameof(AccountMode.Live));
        await form.Find("#account-key").InputAsync("1234567890");
        await form.Find("#account-mode").ChangeAsync(nameof(AccountMode.Paper));
        await form.Find("#account-name").InputAsync("Practice");

        await form.Find("form").SubmitAsync();

        form.WaitForAssertion(() => form.FindAll(".field-error").ShouldBeEmpty());
    }

    [Fact]
    public async Task DatabaseGoneOnBlurAndSave_KeepsWhatWasTypedAndSavesItLater()
    {
        var databases = new BreakableDatabases(app.Get<IDbContextFactory<AppDb>>());
        var desk = ActivatorUtilities.CreateInstance<AccountService>(app.Services, databases);
        var form = await FormAsync(desk: desk);
        await form.Find("#account-name").InputAsync("Practice");

        databases.Broken = true;
        await form.Find("#account-name").BlurAsync(new());
        form.WaitForAssertion(() => form.Find(".error-panel").TextContent.ShouldContain("What you typed is kept."));
        await form.Find("form").SubmitAsync();
        form.WaitForAssertion(() => form.Find("button[type=submit]").HasAttribute("disabled").ShouldBeFalse());
        form.FindComponents<TypedText>().Single(t => t.Instance.Id == "account-name").Instance.Value.ShouldBe("Practice");

        databases.Broken = false;
        await form.Find("form").SubmitAsync();

        form.WaitForAssertion(() => form.FindAll(".error-panel").ShouldBeEmpty());
        (await desk.ListAsync(_userId, null, 10, default)).ShouldContain(a => a.Name == "Practice");
    }

    [Theory]
    [InlineData("0,5", "\"0,5\" is not clear: write 0.5 or 5.")]
    [InlineData("abc", "\"abc\" is no number; write digits with a decimal point, like 1234.5.")]
    public async Task StartingBalanceThatIsNoNumber_IsToldAndAddsNothing(string text, string says)
    {
        var form = await FormAsync();
        await form.Find("#account-name").InputAsync("Practice");
        await form.Find(".balance [inputmode=decimal]").InputAsync(text);

        await form.Find("form").SubmitAsync();

        form.WaitForAssertion(() => form.Find(".balances .field-error").TextContent.ShouldBe(says));
        (await app.Get<AccountService>().ListAsync(_userId, null, 10, default)).ShouldNotContain(a => a.Name == "Practice");
    }

    private static IEnumerable<string> Messages(IRenderedComponent<AccountForm> form, string control) =>
        form.FindAll($"#{control}-note .field-error").Select(e => e.TextContent);

    private async Task<IRenderedComponent<AccountForm>> FormAsync(string? taken = null, AccountService? desk = null)
    {
        var rows = await SignalRows.NewAsync(app);
        _userId = rows.UserId;
        desk ??= app.Get<AccountService>();
        if (taken is not null)
        {
            await desk.CreateAsync(rows.UserId, new() { Name = taken, Exchange = ExchangeInfo.Paper }, default);
        }

        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton(desk);
        Services.AddSingleton<TimeProvider>(_clock);
        Services.AddMudServices();
        Services.AddSingleton(app.Get<Confirmations>());
        Services.AddScoped<ProofPrompt>();
        this.AddAuthorization();
        var form = Render<AccountForm>(p => p.Add(f => f.UserId, rows.UserId));
        form.WaitForElement("#account-name", TimeSpan.FromSeconds(15));
        return form;
    }

    /// <summary>Has the one timer that waits for a pause in typing; the test lets it elapse.</summary>
    private sealed class TypingClock : TimeProvider
    {
        private Action? _fire;

        public TimeSpan Waiting { get; private set; } = Timeout.InfiniteTimeSpan;

        public void Elapse() => _fire!();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _fire = () => callback(state);
            return new Pause(this);
        }

        private sealed class Pause(TypingClock clock) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                clock.Waiting = dueTime;
                return true;
            }

            public void Dispose() { }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
