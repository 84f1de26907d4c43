using System.Text;
using System.Text.Json;
using ExEngine.Core.Orders.Placement;
using ExEngine.Core.Portfolio;
using ExEngine.Core.Text;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Text;

/// <summary>What somebody reads whose JSON is wrong.</summary>
public sealed class JsonFaultTests
{
    [Theory]
    [InlineData("""{"accountId":"my account"}""", "accountId", "accountId is an id of 36 characters", "\"my account\" was sent")]
    [InlineData("""{"accountId":""}""", "accountId", "an id", "\"\" was sent")]
    [InlineData("""{"quantity":"1,5"}""", "quantity", "an exact decimal", "\"1,5\" was sent")]
    [InlineData("""{"quantity":true}""", "quantity", "such as \"0.001\"", "true was sent")]
    [InlineData("""{"side":"long"}""", "side", "one of \"buy\", \"sell\"", "\"long\" was sent")]
    [InlineData("""{"side":1}""", "side", "one of \"buy\", \"sell\"", "; 1 was sent")]
    [InlineData("""{"postOnly":"yes"}""", "postOnly", "true or false, without quotes", "\"yes\" was sent")]
    [InlineData("""{"symbol":5}""", "symbol", "a text in quotes", "; 5 was sent")]
    [InlineData("""{"protection":[]}""", "protection", "the fields takeProfits, stopLoss", "a list [ ] was sent")]
    [InlineData("""{"protection":{"takeProfits":{}}}""", "protection.takeProfits", "a list [ ]", "an object { } was sent")]
    [InlineData(
        """{"protection":{"takeProfits":[{"price":"1"},{"price":"high"}]}}""",
        "protection.takeProfits[1].price",
        "protection.takeProfits[1].price is an exact decimal",
        "\"high\" was sent"
    )]
    [InlineData("[]", "", "The body is an object", "a list [ ] was sent")]
    [InlineData("\"order\"", "", "The body is an object { } with the fields protection, accountId, symbol", "\"order\" was sent")]
    [InlineData("{", "", "ends before its JSON does", "Send all of it")]
    [InlineData("""{"symbol":"BTC/""", "", "ends before its JSON does", "it was cut")]
    [InlineData("""{"symbol":"BTC/USDT",}""", "", "at line 1, character 22, near }", "Correct it")]
    [InlineData("{\n \"symbol\": 'BTC'}", "", "at line 2, character 12, near 'BTC'}", "double quotes")]
    [InlineData("""{"symbol":"BTC"} x""", "", "character 18, near x", "nothing follows")]
    [InlineData(" \n", "", "The body is empty", "Send an object")]
    public void Wrong_IsSaidByFieldWithWhatWasSentAndWhatIsAllowed(string json, string field, string allowed, string sent)
    {
        var fault = FaultOf<ProtectedOrderInput>(json);

        fault.Field.ShouldBe(field);
        fault.Message.ShouldContain(allowed, Case.Sensitive);
        fault.Message.ShouldContain(sent, Case.Sensitive);
        ShouldNameNoType(fault.Message);
    }

    [Fact]
    public void LongValue_IsShortened()
    {
        var fault = FaultOf<OrderInput>($$"""{"accountId":"{{new string('x', 5000)}}"}""");

        fault.Message.Length.ShouldBeLessThan(300);
        fault.Message.ShouldContain("xxx… was sent");
    }

    [Fact]
    public void Secret_IsNotSentBack()
    {
        var fault = FaultOf<Core.Exchanges.Accounts.ExchangeAccountInput>("""{"passphrase":1234567890}""");

        fault.Field.ShouldBe("passphrase");
        fault.Message.ShouldNotContain("1234567890");
    }

    [Fact]
    public void BodyThatIsNotKept_IsAnsweredByItsTypeAlone()
    {
        var e = Should.Throw<JsonException>(() => JsonSerializer.Deserialize<OrderInput>("""{"side":"up"}""", ExactJson.Options));

        JsonFault.Of(null, typeof(OrderInput), e).Message.ShouldStartWith("side is one of \"buy\", \"sell\". ");
    }

    internal static void ShouldNameNoType(string text)
    {
        foreach (
            var word in new[]
            {
                "System.",
                "ExEngine",
                "Nullable",
                "`1",
                "JSON value could not",
                "LineNumber",
                "BytePosition",
                ".NET",
                "Int32",
            }
        )
        {
            text.ShouldNotContain(word, Case.Sensitive);
        }
    }

    private static JsonFault FaultOf<T>(string json)
    {
        var e = Should.Throw<JsonException>(() => JsonSerializer.Deserialize<T>(json, ExactJson.Options));
        return JsonFault.Of(Encoding.UTF8.GetBytes(json), typeof(T), e);
    }
}
