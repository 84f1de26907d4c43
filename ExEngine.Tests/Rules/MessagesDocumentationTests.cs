using System.Text.RegularExpressions;
using ExEngine.Core.Planning;
using ExEngine.Core.Webhooks.Payloads;
using ExEngine.Core.Webhooks.Payloads.Presets;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Rules;

/// <summary><c>docs/messages.md</c> names every format and every field that a map can fill, and its examples are understood.</summary>
public sealed partial class MessagesDocumentationTests
{
    private static readonly string Page = File.ReadAllText(Source.Path("docs/messages.md"));

    [Fact]
    public void EveryPresetAndField_IsNamed()
    {
        var named = Code().Matches(Page).Select(m => m.Groups[1].Value).ToHashSet();

        Preset.Ids.Except(named).ShouldBeEmpty();
        MappableField.All.Select(f => f.Name).Where(n => !Later().IsMatch(n)).Except(named).ShouldBeEmpty();
    }

    [Fact]
    public void ExamplesOfTheTable_AreRecognised()
    {
        foreach (Match row in Row().Matches(Page))
        {
            foreach (Match example in Code().Matches(row.Groups[2].Value))
            {
                var reading = Webhooks.Payloads.GoldenDraft.Read(
                    example.Groups[1].Value,
                    Webhooks.Intake.Doors.Rules with
                    {
                        DefaultSymbol = "BTC/USDT",
                        DefaultSize = new SignalSize(SizeMode.Quote, 25m),
                    }
                );

                reading.Errors.ShouldBeEmpty(example.Value);
                reading.Preset.ShouldBe(row.Groups[1].Value);
            }
        }

        Row().Count(Page).ShouldBe(Preset.All.Count - 1);
    }

    [Fact]
    public void MapOfTheExample_IsAMap()
    {
        var json = Page[Page.IndexOf("```json", StringComparison.Ordinal)..];

        PayloadMapParser.Parse(json[7..json.IndexOf("```", 7, StringComparison.Ordinal)]).Errors.ShouldBeEmpty();
    }

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"takeProfits\[[1-9]\]")]
    private static partial Regex Later();

    [GeneratedRegex(@"^\| `(?!custom|preset)(\w+)` \| ([^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
