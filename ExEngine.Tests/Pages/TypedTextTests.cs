using Bunit;
using ExEngine.Web.Components.Parts.Values;
using Microsoft.AspNetCore.Components.Web;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Pages;

/// <summary>The text of a field is the browser's: the server hears of it, and sets it only over what it knows.</summary>
public sealed class TypedTextTests : BunitContext
{
    private string? _model;

    [Fact]
    public async Task Typing_IsHeardAndNeverWrittenBack()
    {
        var text = Render("1.2");

        await text.Find("input").InputAsync("1.23");

        _model.ShouldBe("1.23");
        text.Find("input").GetAttribute("value").ShouldBe("1.2", "the element keeps its first text: no render sends another");
        JSInterop.Invocations.ShouldBeEmpty();
    }

    [Fact]
    public async Task NewValue_IsWrittenOverTheTextThatIsKnown()
    {
        var write = JSInterop.Setup<string?>("typing.write", _ => true);
        var text = Render("");
        await text.Find("input").InputAsync("0.5");

        Set(text, "50.00");
        write.SetResult(null);

        Written().ShouldBe(("0.5", "50.00", false));
        _model.ShouldBe("0.5", "who set it knows it");
    }

    [Fact]
    public void TextThatWasTypedMeanwhile_CountsInsteadOfTheValue()
    {
        var write = JSInterop.Setup<string?>("typing.write", _ => true);
        var text = Render("1");

        Set(text, "2");
        write.SetResult("1.5");

        text.WaitForAssertion(() => _model.ShouldBe("1.5"));
    }

    [Fact]
    public void TextUnderTheReadersHands_IsTriedAgainLater()
    {
        var write = JSInterop.Setup<string?>("typing.write", _ => true);
        var text = Render("1");
        Set(text, "2");
        write.SetResult("1");

        Set(text, "3");

        _model.ShouldBeNull();
        Written().ShouldBe(("1", "3", false));
    }

    [Fact]
    public async Task ArrowKey_StepsFromWhatStands_EvenWhileItHasTheFocus()
    {
        JSInterop.Setup<string?>("typing.write", _ => true).SetResult(null);
        var field = Render<StepField>(p =>
            p.Add(f => f.Id, "size")
                .Add(f => f.Value, "1,000.5")
                .Add(f => f.ValueChanged, v => _model = v)
                .Add(f => f.Steps, Core.Markets.Increments.Tick(0.1m))
        );

        await field.Find("input").KeyDownAsync(new KeyboardEventArgs { Key = "ArrowUp" });

        _model.ShouldBe("1000.6");
        Written().ShouldBe(("1,000.5", "1000.6", true));
    }

    [Fact]
    public async Task Form_ReadsWhatStandsInTheBrowserBeforeItActs()
    {
        JSInterop.Setup<string?[]?>("typing.read", _ => true).SetResult(["1.234"]);
        var form = Render<TypedForm>(p =>
            p.AddChildContent<TypedText>(t => t.Add(f => f.Value, "1.2").Add(f => f.ValueChanged, v => _model = v))
        );

        await form.InvokeAsync(form.Instance.ReadAsync);

        _model.ShouldBe("1.234");
    }

    private IRenderedComponent<TypedText> Render(string value) =>
        Render<TypedText>(p => p.Add(t => t.Value, value).Add(t => t.ValueChanged, v => _model = v));

    private void Set(IRenderedComponent<TypedText> text, string value) =>
        text.Render(p => p.Add(t => t.Value, value).Add(t => t.ValueChanged, v => _model = v));

    private (string?, string?, bool) Written()
    {
        var last = JSInterop.Invocations["typing.write"][^1].Arguments;
        return ((string?)last[1], (string?)last[2], (bool)last[3]!);
    }
}
