using Microsoft.AspNetCore.Components.Forms;

namespace ExEngine.Web.Components.Account;

/// <summary>One server-rendered form: what was sent, and what only the server knows to be wrong with it.</summary>
public sealed class ServerForm
{
    private readonly ValidationMessageStore _messages;

    public ServerForm(object model)
    {
        Context = new EditContext(model);
        _messages = new ValidationMessageStore(Context);
    }

    public EditContext Context { get; }

    /// <summary>What is wrong with the form as a whole.</summary>
    public string? Problem { get; private set; }

    public void Refuse(string problem) => Problem = problem;

    /// <param name="field">Name of the model's property.</param>
    public void Refuse(string field, string message) => _messages.Add(Context.Field(field), message);

    public void RefuseTooMany(TimeSpan wait) => Problem = $"Too many attempts. Try again in {wait.TotalSeconds:0} seconds.";
}
