namespace ExEngine.Web.Components.Pages.BotEditor;

/// <summary>One setting of a bot as a field of the form.</summary>
/// <param name="Path">Its name in the settings, parts of a group after a point: <c>takeProfit.percent</c>.</param>
/// <param name="Unit">Beside the number: <c>quote</c> and <c>base</c> stand for the market's coins.</param>
/// <param name="Start">What it begins with in a new bot.</param>
public sealed record EditorField(
    string Path,
    string Label,
    EditorFieldKind Kind = EditorFieldKind.Number,
    string? Unit = null,
    string? Start = null,
    string? Help = null
)
{
    /// <summary>Of a choice: its values and the words for them.</summary>
    public IReadOnlyList<(string Value, string Word)> Choices { get; init; } = [];

    /// <summary>Of rows: the names of their two numbers.</summary>
    public (string First, string Second) Columns { get; init; }

    /// <summary>It is there only while another choice has this value; else its setting is left out.</summary>
    public (string Path, string Value)? Only { get; init; }

    public string Id => "bot-" + Path.Replace('.', '-');
}

public enum EditorFieldKind
{
    Number,
    Whole,
    Flag,
    Choice,

    /// <summary>Two numbers a line, as they are pasted from a sheet.</summary>
    Rows,
    Text,

    /// <summary>Groups of start conditions.</summary>
    Conditions,
}

/// <param name="Title">What the fields are about.</param>
/// <param name="IsOpen">Shown at first; others are opened by a press.</param>
public sealed record EditorSection(string Title, bool IsOpen, IReadOnlyList<EditorField> Fields);
