using System.Globalization;
using System.Reflection;
using ExEngine.Core.Text;

namespace ExEngine.Web.Api.Problems;

/// <summary>A query whose value cannot be read: the framework answers it with a bare 400, and this with its name.</summary>
internal static class ParameterFault
{
    private const int MaxSent = 40;

    private static readonly Dictionary<Type, Func<string, bool>> Readers = new()
    {
        [typeof(Guid)] = t => Guid.TryParse(t, out _),
        [typeof(int)] = t => int.TryParse(t, CultureInfo.InvariantCulture, out _),
        [typeof(long)] = t => long.TryParse(t, CultureInfo.InvariantCulture, out _),
        [typeof(bool)] = t => bool.TryParse(t, out _),
        [typeof(decimal)] = t => decimal.TryParse(t, CultureInfo.InvariantCulture, out _),
        [typeof(DateTime)] = t => DateTime.TryParse(t, CultureInfo.InvariantCulture, out _),
        [typeof(DateTimeOffset)] = t => DateTimeOffset.TryParse(t, CultureInfo.InvariantCulture, out _),
        [typeof(DateOnly)] = t => DateOnly.TryParse(t, CultureInfo.InvariantCulture, out _),
    };

    /// <returns>The first value of the query that its endpoint cannot read; null when there is none.</returns>
    public static JsonFault? Of(HttpContext context)
    {
        foreach (var (name, type) in context.GetEndpoint()?.Metadata.GetMetadata<MethodInfo>() is { } method ? Parameters(method) : [])
        {
            var bare = Nullable.GetUnderlyingType(type) ?? type;
            var sent = context.Request.Query[name].ToString();
            if (sent.Length > 0 && Readers.TryGetValue(bare, out var reads) && !reads(sent))
            {
                var field = char.ToLowerInvariant(name[0]) + name[1..];
                var shown = sent.Length > MaxSent ? sent[..MaxSent] + "…" : sent;
                return new(field, $"{field} is {JsonWords.Of(bare)}; \"{shown}\" was sent. Correct it and send it again.");
            }
        }

        return null;
    }

    private static IEnumerable<(string Name, Type Type)> Parameters(MethodInfo method) =>
        method
            .GetParameters()
            .SelectMany(p =>
                p.IsDefined(typeof(AsParametersAttribute))
                    ? p.ParameterType.GetProperties().Select(f => (f.Name, f.PropertyType))
                    : [(p.Name!, p.ParameterType)]
            );
}
