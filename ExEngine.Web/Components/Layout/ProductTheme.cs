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
                Default = new DefaultTypography
                {
                    FontFamily = Fonts,
                    FontSize = "0.9375rem",
                    LineHeight = "1.5",
                    LetterSpacing = "normal",
                },
                H6 = new H6Typography
                {
                    FontFamily = Fonts,
                    FontSize = "1.125rem",
                    FontWeight = "500",
                    LineHeight = "1.3",
                    LetterSpacing = "normal",
                },
                Body1 = new Body1Typography
                {
                    FontFamily = Fonts,
                    FontSize = "0.9375rem",
                    LetterSpacing = "normal",
                },
                Body2 = new Body2Typography
                {
                    FontFamily = Fonts,
                    FontSize = "0.875rem",
                    LetterSpacing = "normal",
                },
                Button = new ButtonTypography
                {
                    FontFamily = Fonts,
                    FontSize = "0.9375rem",
                    FontWeight = "500",
                    LineHeight = "1.5",
                    LetterSpacing = "normal",
                    TextTransform = "none",
                },
            },
        };
}
