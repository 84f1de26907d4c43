namespace ExEngine.Core.Markets;

/// <summary>
/// Registers a constant as a code that a signal, an order or a problem response may carry; see <see cref="RefusalCode"/>.
/// </summary>
/// <param name="meaning">One fact, in one or two sentences.</param>
/// <param name="help">What to do about it.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class RefusalAttribute(string meaning, string help) : Attribute
{
    public string Meaning => meaning;
    public string Help => help;

    /// <summary>What it is about, where that is one thing: a field of the message or the order, in the words of the interface.</summary>
    public string? Field { get; init; }

    /// <summary>May come with what was stated.</summary>
    public bool Asked { get; init; }

    /// <summary>May come with the rule that it broke: a tick, a step, a minimum, a maximum.</summary>
    public bool Limit { get; init; }

    /// <summary>May come with the allowed values next to it.</summary>
    public bool Nearest { get; init; }

    /// <summary>What the same fact was called before, separated by commas; older rows may still carry it.</summary>
    public string? Former { get; init; }
}
