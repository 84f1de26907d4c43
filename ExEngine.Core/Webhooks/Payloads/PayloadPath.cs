using System.Globalization;
using System.Text.Json;

namespace ExEngine.Core.Webhooks.Payloads;

/// <summary>
/// Where a value stands in a JSON body: <c>$</c>, then names (<c>.name</c>, <c>['any name']</c>) and places in arrays
/// (<c>[0]</c>, from 0). Nothing that searches: a path leads to one value or to none.
/// </summary>
public sealed class PayloadPath
{
    private const int MaxSteps = 16;
    private const int MaxText = 200;
    private const int MaxIndex = 99;
    private const string Help = "write a path like $.order.side, $.items[0].price or $['a name']";

    private PayloadPath(string text, IReadOnlyList<PathSegment> segments) => (Text, Segments) = (text, segments);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    public IReadOnlyList<PathSegment> Segments { get; }

    /// <param name="problem">What is wrong, to be put after the field's name; null on success.</param>
    public static PayloadPath? Parse(string text, out string? problem)
    {
        var segments = new List<PathSegment>();
        problem =
            text.Length > MaxText ? $"has a path of {text.Length} characters; at most {MaxText} are allowed"
            : text.StartsWith('$') ? ReadSteps(text, segments)
            : $"has the path \"{text}\", which does not begin with $; {Help}";
        if (problem is null && (segments.Count == 0 || segments[0].Name is null))
        {
            problem = $"has the path \"{text}\", which names no field of the body; {Help}";
        }

        return problem is null ? new PayloadPath(text, segments) : null;
    }

    /// <summary>Null when it leads nowhere in this body.</summary>
    public JsonElement? Find(JsonElement body)
    {
        foreach (var step in Segments)
        {
            if (step.Name is { } name)
            {
                if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty(name, out body))
                {
                    return null;
                }
            }
            else if (body.ValueKind != JsonValueKind.Array || step.Index >= body.GetArrayLength())
            {
                return null;
            }
            else
            {
                body = body[step.Index];
            }
        }

        return body;
    }

    public override string ToString() => Text;

    private static string? ReadSteps(string text, List<PathSegment> segments)
    {
        var at = 1;
        while (at < text.Length)
        {
            var step = text[at] switch
            {
                '.' => ReadName(text, ref at),
                '[' when at + 1 < text.Length && text[at + 1] is '\'' or '"' => ReadQuoted(text, ref at),
                '[' => ReadIndex(text, ref at),
                _ => null,
            };
            if (step is not { } read)
            {
                return $"has the path \"{text}\", which is unclear from character {at + 1} on; {Help}";
            }

            segments.Add(read);
            if (segments.Count > MaxSteps)
            {
                return $"has a path of more than {MaxSteps} segments, and a body is never that deep";
            }
        }

        return null;
    }

    private static PathSegment? ReadName(string text, ref int at)
    {
        var end = at + 1;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '-'))
        {
            end++;
        }

        if (end == at + 1)
        {
            return null;
        }

        var name = text[(at + 1)..end];
        at = end;
        return new PathSegment(name, 0);
    }

    private static PathSegment? ReadQuoted(string text, ref int at)
    {
        var end = text.IndexOf(text[at + 1], at + 2);
        if (end < 0 || end == at + 2 || end + 1 >= text.Length || text[end + 1] != ']')
        {
            return null;
        }

        var name = text[(at + 2)..end];
        at = end + 2;
        return new PathSegment(name, 0);
    }

    private static PathSegment? ReadIndex(string text, ref int at)
    {
        var end = text.IndexOf(']', at);
        if (
            end < 0
            || !int.TryParse(text.AsSpan(at + 1, end - at - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || index > MaxIndex
        )
        {
            return null;
        }

        at = end + 1;
        return new PathSegment(null, index);
    }
}

/// <param name="Name">A field's name; null for a place in an array.</param>
/// <param name="Index">From 0; counts only without a name.</param>
public readonly record struct PathSegment(string? Name, int Index);
