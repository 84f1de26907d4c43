using FluentValidation;

namespace ExEngine.Web.Components.Live;

/// <summary>
/// Runs a validator over a form: 300 ms after the last key press, when a field is left, and before it is sent. A field
/// shows its errors from the moment it was first left. Used on the renderer's thread only.
/// </summary>
/// <param name="log">Where an error of the database goes.</param>
/// <param name="render">Shows the form again, on the renderer's thread.</param>
/// <param name="unread">Fields whose text is no number, so that they are not in the input: their errors take the validator's places.</param>
public sealed class FormCheck<T>(
    IValidator<T> validator,
    Func<T> input,
    TimeProvider time,
    ILogger log,
    Func<Func<Task>, Task> render,
    Func<IReadOnlyDictionary<string, string[]>>? unread = null
) : IDisposable
{
    private readonly HashSet<string> _left = [];
    private IDictionary<string, string[]> _errors = new Dictionary<string, string[]>();
    private ITimer? _timer;
    private int _run;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <summary>The database did not answer the last look or the last save: nothing was saved, and what was typed is kept.</summary>
    public bool Failed { get; private set; }

    /// <summary>A key was pressed in the field.</summary>
    public void Typed()
    {
        _timer ??= time.CreateTimer(_ => _ = render(CheckAsync), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(Pause, Timeout.InfiniteTimeSpan);
    }

    public Task LeftAsync(string field)
    {
        _left.Add(field);
        return CheckAsync();
    }

    /// <summary>Shows the field's errors from now on, though it was not left yet.</summary>
    public void Show(string field) => _left.Add(field);

    /// <summary>Checks everything and shows every error.</summary>
    public async Task<bool> AllAsync()
    {
        foreach (var field in typeof(T).GetProperties())
        {
            _left.Add(field.Name);
        }

        await CheckAsync();
        return !Failed && _errors.Count == 0;
    }

    /// <summary>What the server found after all, such as a name that was taken meanwhile.</summary>
    public void Refused(IDictionary<string, string[]> errors)
    {
        _errors = errors;
        _left.UnionWith(errors.Keys);
    }

    /// <summary>The database did not answer a save.</summary>
    public void Fail(Exception error)
    {
        Failed = true;
        log.LogWarning(error, "A form on {Input} could not be checked or saved", typeof(T).Name);
    }

    public IReadOnlyList<string> Errors(string field) => _left.Contains(field) && _errors.TryGetValue(field, out var errors) ? errors : [];

    public string? Css(string field) => Errors(field).Count > 0 ? "invalid" : null;

    public void Dispose() => _timer?.Dispose();

    private async Task CheckAsync()
    {
        _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var run = ++_run;
        try
        {
            var checkedInput = input();
            var problems = unread?.Invoke();
            var result = await validator.ValidateAsync(checkedInput);

            // A slower look at an older text must not overwrite the answer for the newer one.
            if (run == _run)
            {
                (_errors, Failed) = (result.ToDictionary(), false);
                foreach (var (field, problem) in problems ?? new Dictionary<string, string[]>())
                {
                    _errors[field] = problem;
                }
            }
        }
        catch (Exception e) when (DatabaseError.Is(e))
        {
            // A dialog is outside the page's error boundary: thrown on, this would end the circuit and lose what was typed.
            if (run == _run)
            {
                Fail(e);
            }
        }
    }
}
