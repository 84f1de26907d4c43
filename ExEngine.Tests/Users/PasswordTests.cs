using ExEngine.Web.Users;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Users;

public sealed class PasswordTests
{
    [Theory]
    [InlineData("123456789012")]
    [InlineData("111111111111")]
    [InlineData("abcdefghijkl")]
    [InlineData("qwertyuiop123")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("Password123!")]
    [InlineData("P@ssw0rd2024!")]
    [InlineData("passwordpassword")]
    [InlineData("Passw0rd!Passw0rd!")]
    [InlineData("password12345678")]
    [InlineData("pass-word-pass-word")]
    [InlineData("..iloveyou!!..")]
    [InlineData("Liverpool2025")]
    [InlineData("TradingView2026")]
    [InlineData("bitcoinbitcoin")]
    [InlineData("leavemealone")]
    public void CommonPassword_IsKnown(string password) => CommonPasswords.Contains(password).ShouldBeTrue();

    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("a long and rare pass phrase 47")]
    [InlineData("dragon-83749261")]
    [InlineData("kX9vQ2mT7pLw")]
    [InlineData("summer rain on tin roofs")]
    public void UncommonPassword_IsNot(string password) => CommonPasswords.Contains(password).ShouldBeFalse();
}
