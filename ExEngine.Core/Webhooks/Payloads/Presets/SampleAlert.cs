using ExEngine.Core.Text;

namespace ExEngine.Core.Webhooks.Payloads.Presets;

/// <summary>An example alert that a preset puts into its own words.</summary>
/// <param name="Id">The alert's own id: two alerts with the same one count once. Null leaves it out.</param>
/// <param name="Time">UTC; null leaves it out, so that the alert never becomes too old.</param>
/// <param name="Secret">Goes into the body when it is the way to authenticate; null otherwise.</param>
/// <param name="Test">Marks it as a test, where the format has a place for that.</param>
public sealed record SampleAlert(SampleOrder Order, string? Id, DateTime? Time, string? Secret, bool Test)
{
    public string Symbol => Order.Symbol;

    public string Price => ExactJson.Text(Order.Price);

    public string Quantity => ExactJson.Text(Order.Quantity);

    /// <summary>As senders write it; empty when there is none.</summary>
    public string TimeText => Time?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture) ?? "";

    /// <summary>The id field and the time field, as far as they are known.</summary>
    public IEnumerable<(string Name, string Value)> Stamp(string timeField) =>
        [
            .. Id is null ? Array.Empty<(string, string)>() : [("id", Id)],
            .. Time is null ? Array.Empty<(string, string)>() : [(timeField, TimeText)],
        ];

    /// <summary>A JSON object with the secret and the mark of a test at its end.</summary>
    public string Json(params IEnumerable<(string Name, string Value)> fields) => Json("secret", fields);

    public string Json(string secretField, IEnumerable<(string Name, string Value)> fields)
    {
        var json = SampleJson.Of(Secret, secretField, fields);
        return Test ? json[..^1] + ",\"test\":true}" : json;
    }
}
