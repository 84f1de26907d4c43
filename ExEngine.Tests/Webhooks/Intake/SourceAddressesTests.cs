using System.Net;
using ExEngine.Core.Webhooks.Intake;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Webhooks.Intake;

public sealed class SourceAddressesTests
{
    [Fact]
    public void StoredList_IsItsNetworks() =>
        SourceAddresses
            .Networks(SourceAddresses.Join(["10.1.2.3", "10.0.0.0/8", "2001:db8::1"]))
            .ShouldBe([IPNetwork.Parse("10.1.2.3/32"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("2001:db8::1/128")]);

    [Fact]
    public void EmptyList_IsAnyone() => SourceAddresses.Networks("").ShouldBeEmpty();

    [Theory]
    [InlineData("10.1")]
    [InlineData("10.1.2.3,nowhere")]
    public void StoredEntryThatIsNone_OpensNoDoor(string stored) =>
        Should.Throw<FormatException>(() => SourceAddresses.Networks(stored)).Message.ShouldContain("cannot be read");
}
