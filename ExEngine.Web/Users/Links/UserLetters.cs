using System.Globalization;
using ExEngine.Core.Data;
using ExEngine.Web.Mail;

namespace ExEngine.Web.Users.Links;

/// <summary>What is mailed to users.</summary>
public static class UserLetters
{
    public static Letter Reset(string email, string link) =>
        new(
            email,
            "Set a new password for Execution Engine",
            $"""
            Somebody, probably you, asked to set a new password for your account at Execution Engine.

            This link sets one. It works once, within a day, and signs every device out:

            {link}

            If it was not you, do nothing: your password stays as it is. Orders, stops and webhooks go on in any case.
            """
        );

    public static Letter Invited(Invitation invitation, string link) =>
        new(
            invitation.Email!,
            "Your invitation to Execution Engine",
            $"""
            You are invited to make an account at Execution Engine, which turns alerts into orders at exchanges.

            This link is for you alone. It works once, until {invitation.ExpiresAt.ToString(
                "d MMMM yyyy HH:mm",
                CultureInfo.InvariantCulture
            )} UTC:

            {link}

            If you expected no invitation, do nothing.
            """
        );
}
