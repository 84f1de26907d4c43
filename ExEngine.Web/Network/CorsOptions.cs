using System.ComponentModel.DataAnnotations;

namespace ExEngine.Web.Network;

/// <summary>Section <c>Cors</c>: other sites whose pages may call <c>/api</c> with a bearer token.</summary>
public sealed class CorsOptions : IValidatableObject
{
    /// <summary>Origins such as <c>https://app.example.org</c>, separated by commas. Default: none.</summary>
    public string Origins { get; set; } = "";

    public string[] List() => Origins.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        List()
            .Where(o => !Uri.TryCreate(o, UriKind.Absolute, out var uri) || uri.GetLeftPart(UriPartial.Authority) != o)
            .Select(o => new ValidationResult(
                $"'{o}' is no origin. Write scheme, host and port only, such as https://app.example.org.",
                [nameof(Origins)]
            ));
}
