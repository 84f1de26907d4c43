using ExEngine.Core.Bots.Preview;
using ExEngine.Core.Bots.Suggestions;
using ExEngine.Web.Components.Live;
using ExEngine.Web.Components.Parts.Values;

namespace ExEngine.Web.Components.Pages.BotEditor;

// What stands in the fields is looked at, and pressed.
public sealed partial class BotEditor
{
    // The same rules that decide when it is started.
    private void Look()
    {
        (_settings, _problems) = _model.Settings();
        var (draft, errors) = BotDraft.Read(_model.Kind, _settings);
        _errors = errors.AsReadOnly();
        _start = null;
        if (_ground is not { } ground)
        {
            (_outlook, _waits) = (null, null);
            return;
        }

        var price = Prices.Last(ground.Account.Exchange, ground.Market.Symbol)?.Last;
        _context = BotPreviewService.Context(ground, price, _balances, Clock.GetUtcNow().UtcDateTime);
        if (draft is null || _problems.Count > 0)
        {
            (_outlook, _waits) = (null, "The preview goes on when the fields are right.");
            return;
        }

        (_outlook, _waits) = (BotOutlook.Of(draft, _context), null);
        if (draft.Dca is { } dca && RendererInfo.IsInteractive)
        {
            _start = Starts.Of(dca, ground.Account.Exchange, ground.Market.Symbol, price, isDeep: true);
        }
    }

    // What is suggested stands in the fields like what is typed; all else stays.
    private void Take(IReadOnlyList<SuggestedValue> values)
    {
        foreach (var value in values)
        {
            _model[value.Path] = EditorModel.Shown(value.Value);
        }

        _refused = null;
        Look();
    }

    private IReadOnlyList<string> Errors(EditorField field)
    {
        if (_problems.TryGetValue(field.Path, out var problem))
        {
            return [problem];
        }

        // What is missing is told after the field was left.
        return string.IsNullOrEmpty(_model[field.Path]) && !_left.Contains(field.Path) && !_pressed
            ? []
            : [.. _errors.Where(e => IsOf(field, e.Key)).SelectMany(e => e.Value).Select(e => SaidText.Of(e))];
    }

    private static bool IsOf(EditorField field, string error)
    {
        var path = $"settings.{field.Path}";
        return error == path || error.StartsWith(path + "[", StringComparison.Ordinal);
    }

    private async Task PressAsync()
    {
        if (_pressing)
        {
            return;
        }

        await _form.ReadAsync();
        (_pressed, _refused) = (true, null);
        Look();
        if (_ground is not { } ground || _errors.Count > 0 || _problems.Count > 0)
        {
            _refused = "Some fields need a correction.";
            return;
        }

        if (!IsTrial && _outlook is { Preview.IsFine: false })
        {
            _refused = "It cannot be started like this: the preview says why.";
            return;
        }

        _pressing = true;
        try
        {
            var name = string.IsNullOrWhiteSpace(_name) ? NamePlaceholder : _name.Trim();
            _refused = await Submitted(new(_model.Kind, name, ground.Account.Id, ground.Market.Symbol, _settings));
        }
        catch (Exception e) when (DatabaseError.Is(e))
        {
            _refused = "The database did not answer, so nothing was done. Press again in a moment.";
            Log.LogWarning(e, "A bot's settings could not be handed on");
        }
        finally
        {
            _pressing = false;
        }
    }
}
