using Xunit;

namespace ExEngine.Tests.Support;

/// <summary>Size and theme of a reader's screen.</summary>
public sealed record Look(string Name, int Width, int Height, bool Dark)
{
    public static readonly Look WideDark = new("1440-dark", 1440, 900, true);
    public static readonly Look WideLight = new("1440-light", 1440, 900, false);
    public static readonly Look PhoneDark = new("390-dark", 390, 844, true);
    public static readonly Look PhoneLight = new("390-light", 390, 844, false);

    /// <summary>
    /// Both sizes and both themes: colours do not depend on the width, nor the layout on the theme. With <c>EXENGINE_LOOKS=all</c> each
    /// size in each theme, for whoever looks at the pictures.
    /// </summary>
    public static TheoryData<Look> All =>
        Environment.GetEnvironmentVariable("EXENGINE_LOOKS") == "all"
            ? [WideDark, WideLight, PhoneDark, PhoneLight]
            : [WideDark, PhoneLight];

    public override string ToString() => Name;
}
