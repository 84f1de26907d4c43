using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Grid;
using ExEngine.Core.Bots.Recurring;

namespace ExEngine.Core.Bots.Preview;

/// <summary>Settings of a bot that is not stored, of one kind.</summary>
public sealed record BotDraft
{
    public const string DcaKind = "dca";
    public const string GridKind = "grid";

    public const string RecurringKind = "recurring";

    private BotDraft(DcaSettings? dca, GridSettings? grid, RecurringSettings? recurring) => (Dca, Grid, Recurring) = (dca, grid, recurring);

    public DcaSettings? Dca { get; }
    public GridSettings? Grid { get; }
    public RecurringSettings? Recurring { get; }
    public string Kind =>
        Dca is not null ? DcaKind
        : Grid is not null ? GridKind
        : RecurringKind;

    /// <summary>As it is stored and sent.</summary>
    public string Settings =>
        Dca is { } dca ? BotText.Of(dca)
        : Grid is { } grid ? BotText.Of(grid)
        : BotText.Of(Recurring!);

    /// <summary>In quote: what it takes in all where it states that itself; null for others, which are counted.</summary>
    public decimal? Investment => Grid?.Investment;

    public static BotDraft Of(DcaSettings settings) => new(settings, null, null);

    public static BotDraft Of(GridSettings settings) => new(null, settings, null);

    public static BotDraft Of(RecurringSettings settings) => new(null, null, settings);

    /// <summary>Reads and checks what needs no market.</summary>
    /// <param name="settings">A JSON object with the names of the kind's settings.</param>
    /// <returns>The draft, or what is wrong by field: <c>kind</c>, <c>settings</c>, <c>settings.grids</c>.</returns>
    public static (BotDraft? Draft, IDictionary<string, string[]> Errors) Read(string? kind, string? settings)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var draft = kind switch
        {
            DcaKind => BotSettingsReader.Read(settings, new DcaSettingsValidator(), errors) is { } dca ? Of(dca) : null,
            GridKind => BotSettingsReader.Read(settings, new GridSettingsValidator(), errors) is { } grid ? Of(grid) : null,
            RecurringKind => BotSettingsReader.Read(settings, new RecurringSettingsValidator(), errors) is { } buys ? Of(buys) : null,
            _ => null,
        };
        if (draft is null && errors.Count == 0)
        {
            errors["kind"] = [$"The kind is \"{kind}\"; {DcaKind}, {GridKind} and {RecurringKind} are known: state one of them."];
        }

        return (draft, errors);
    }
}
