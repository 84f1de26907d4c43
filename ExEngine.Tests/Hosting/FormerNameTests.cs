using System.ComponentModel.DataAnnotations;
using ExEngine.Core.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Hosting;

public sealed class FormerNameTests
{
    [Fact]
    public void FormerName_IsStillRead() => Read(("Oven:Patience", "00:00:02")).Timeout.ShouldBe(TimeSpan.FromSeconds(2));

    [Fact]
    public void NameOfToday_GoesBeforeTheFormerOne() =>
        Read(("Oven:Patience", "00:00:02"), ("Oven:Timeout", "00:00:03")).Timeout.ShouldBe(TimeSpan.FromSeconds(3));

    [Fact]
    public void FormerNameOfTheClass_IsAcceptedAndMeansNothing() => Read(("Oven:Rounds", "7")).Timeout.ShouldBe(TimeSpan.FromSeconds(1));

    [Theory]
    [InlineData("Oven:Patience", "soon", "Oven:Patience")]
    [InlineData("Oven:Patience", "01:00:00", "Oven:Timeout")]
    [InlineData("Oven:Impatience", "00:00:02", "Oven:Impatience is not a setting")]
    public void WrongValueOrName_IsTold(string name, string value, string told) =>
        Should.Throw<OptionsValidationException>(() => Read((name, value))).Message.ShouldContain(told);

    private static OvenOptions Read(params (string Name, string Value)[] stated)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(stated.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value)))
            .Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration);
        services.AddSettings<OvenOptions>("Oven");
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<OvenOptions>>().Value;
    }

    [FormerName("Rounds")]
    private sealed class OvenOptions
    {
        [FormerName("Patience")]
        [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
        public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(1);
    }
}
