using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Core.Webhooks;
using ExEngine.Web.Components.Parts.Values;

namespace ExEngine.Web.Components.Pages.Webhooks;

/// <summary>A webhook while it is typed.</summary>
internal sealed class WebhookFormModel
{
    private Rounding? _rounding;

    public string? Name { get; set; }
    public Guid? AccountId { get; set; }
    public WebhookSender Sender { get; set; } = WebhookSender.TradingView;
    public WebhookAuthMode Auth { get; set; } = WebhookAuthMode.Secret;
    public string Preset { get; set; } = Core.Webhooks.Payloads.Presets.Preset.AutoId;
    public PayloadMapModel Map { get; private set; } = PayloadMapModel.Usual();

    /// <summary>Numbers as they were typed.</summary>
    public string? Permits { get; set; }
    public string? WindowSeconds { get; set; }
    public string? MaxLagSeconds { get; set; }
    public Guid TradesWith { get; set; }
    public TimeMeaning TimeMeans { get; set; }

    /// <summary>In percent, as it was typed.</summary>
    public string? MaxSlippage { get; set; }

    /// <summary>Follows the sender until somebody chooses.</summary>
    public Rounding Rounding
    {
        get => _rounding ?? WebhookInput.UsualRounding(Sender);
        set => _rounding = value;
    }
    public string? DefaultSymbol { get; set; }
    public SizeMode SizeMode { get; set; } = SizeMode.Base;
    public string? SizeValue { get; set; }
    public string AllowedIps { get; set; } = "";
    public bool Execute { get; set; } = true;
    public bool Enabled { get; set; } = true;

    public bool IsCustom => Preset == Core.Webhooks.Payloads.Presets.CustomPreset.CustomId;

    public static WebhookFormModel Of(Webhook webhook)
    {
        var input = WebhookInput.Of(webhook);
        return new()
        {
            Name = webhook.Name,
            AccountId = webhook.AccountId,
            Sender = webhook.Sender,
            Auth = webhook.Auth,
            Preset = webhook.Preset,
            Map = input.Map is { } map ? PayloadMapModel.Of(map) : PayloadMapModel.Usual(),
            Permits = NumberText.Write((decimal?)webhook.RatePermits),
            WindowSeconds = NumberText.Write((decimal?)webhook.RateWindowSeconds),
            MaxLagSeconds = NumberText.Write((decimal?)webhook.MaxLagSeconds),
            Rounding = webhook.Rounding,
            TradesWith = webhook.TradesWithId ?? Guid.Empty,
            TimeMeans = webhook.TimeMeans,
            MaxSlippage = NumberText.Write(input.MaxSlippage),
            DefaultSymbol = webhook.DefaultSymbol,
            SizeMode = input.DefaultSize?.Mode ?? SizeMode.Base,
            SizeValue = NumberText.Write(input.DefaultSize?.Value),
            AllowedIps = string.Join('\n', input.AllowedIps!),
            Execute = webhook.Execute,
            Enabled = webhook.Enabled,
        };
    }

    /// <summary>Ways to authenticate that a sender can take; the URL alone comes last.</summary>
    public static IEnumerable<WebhookAuthMode> AuthModes(WebhookSender sender) =>
        sender == WebhookSender.TradingView ? [WebhookAuthMode.Secret, WebhookAuthMode.Url] : Enum.GetValues<WebhookAuthMode>();

    /// <summary>TradingView cannot sign and sends from four addresses; others can do as they like.</summary>
    /// <param name="usual">Where TradingView sends from, and what else may where nobody has chosen.</param>
    public void SenderChosen(IReadOnlyList<string> usual)
    {
        if (Sender == WebhookSender.TradingView)
        {
            Auth = AuthModes(Sender).Contains(Auth) ? Auth : WebhookAuthMode.Secret;
            AllowedIps = string.IsNullOrWhiteSpace(AllowedIps) ? string.Join('\n', usual) : AllowedIps;
        }
        else if (Lines(AllowedIps).SequenceEqual(usual))
        {
            AllowedIps = "";
        }
    }

    /// <param name="numbers">Keeps what is no number.</param>
    public WebhookInput Input(NumberFields numbers)
    {
        var permits = numbers.ReadWhole(nameof(WebhookInput.RateLimit), Permits);
        var window = numbers.ReadWhole(nameof(WebhookInput.RateLimit), WindowSeconds);
        var size = numbers.Read(nameof(WebhookInput.DefaultSize), SizeValue);
        return new()
        {
            Name = Name,
            AccountId = AccountId,
            Sender = Sender,
            Auth = Auth,
            Preset = Preset,
            Map = IsCustom ? Map.Json() : null,
            RateLimit = permits is null && window is null ? null : new WebhookRate(permits ?? 0, window ?? 0),
            MaxLagSeconds = numbers.ReadWhole(nameof(WebhookInput.MaxLagSeconds), MaxLagSeconds),
            Rounding = Rounding,
            TradesWith = TradesWith,
            TimeMeans = TimeMeans,
            MaxSlippage = numbers.Read(nameof(WebhookInput.MaxSlippage), MaxSlippage),
            DefaultSymbol = DefaultSymbol,
            DefaultSize = size is { } stated ? new WebhookSize(SizeMode, stated) : null,
            AllowedIps = [.. Lines(AllowedIps)],
            Execute = Execute,
            Enabled = Enabled,
        };
    }

    private static string[] Lines(string text) =>
        text.Split(['\n', '\r', ',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
