using MudBlazor;

namespace ExEngine.Web.Components.Layout;

/// <summary>
/// MudBlazor's type, density and layers for this product. Its colours are in <c>wwwroot/theme.css</c>, where both looks stand side by side:
/// a page that is rendered once cannot know which one the reader's system asks for.
/// </summary>
public static class ProductTheme
{
    private static readonly string[] Fonts = ["Roboto", "system-ui", "sans-serif"];

    public static MudTheme Theme { get; } =
        new()
        {
            LayoutProperties = new()
            {
                DefaultBorderRadius = "6px",
                AppbarHeight = "56px",
                DrawerWidthLeft = "var(--nav-width)",
            },
            Typography = new()
            {
                Default = Of<DefaultTypography>("0.9375rem", lineHeight: "1.5"),
                H6 = Of<H6Typography>("1.125rem", lineHeight: "1.3", weight: "500"),
                Body1 = Of<Body1Typography>("0.9375rem"),
                Body2 = Of<Body2Typography>("0.875rem"),
                Button = Of<ButtonTypography>("0.9375rem", lineHeight: "1.5", weight: "500", transform: "none"),
            },
        };

    // What is not stated stays MudBlazor's.
    private static T Of<T>(string size, string? lineHeight = null, string? weight = null, string? transform = null)
        where T : BaseTypography, new()
    {
        var type = new T
        {
            FontFamily = Fonts,
            FontSize = size,
            LetterSpacing = "normal",
        };
        type.LineHeight = lineHeight ?? type.LineHeight;
        type.FontWeight = weight ?? type.FontWeight;
        type.TextTransform = transform ?? type.TextTransform;
        return type;
    }
}
