using Xunit;

namespace ExEngine.Tests.Support;

/// <summary>Size and theme of a reader's screen.</summary>
public sealed record Look(string Name, int Width, int Height, bool Dark)
{
    public static readonly Look WideDark = new("1440-dark", 1440, 900, true);
    public static readonly Look WideLight = new("1440-light", 1440, 900, false);
    public static readonly Look PhoneDark = new("390-dark", 390, 844, true);
    public static readonly Look PhoneLight = new("390-light", 390, 844, false);

    public static TheoryData<Look> All => [WideDark, WideLight, PhoneDark, PhoneLight];

    public override string ToString() => Name;
}
