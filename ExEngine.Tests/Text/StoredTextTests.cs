using ExEngine.Core.Text;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Text;

public sealed class StoredTextTests
{
    [Fact]
    public void TextThatPostgresRefuses_DoesNotFit()
    {
        StoredText.Fits("a\0b").ShouldBeFalse();
        StoredText.Fits("a\tb").ShouldBeFalse();
        StoredText.Fits("a\ud83d").ShouldBeFalse();
        StoredText.Fits("\ude00a").ShouldBeFalse();
        StoredText.Fits("Größe \ud83d\ude00").ShouldBeTrue();
    }
}
