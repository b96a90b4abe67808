# bash completion for moneytrail
_moneytrail() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
    local command=${COMP_WORDS[1]} common='--quiet --json --help --version' options=
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W "new sniff check run verify help $common" -- "$current"))
        return
    fi
    case $previous in
    --from | --out)
        COMPREPLY=($(compgen -d -- "$current"))
        return
        ;;
    --only)
        COMPREPLY=($(compgen -W "$(moneytrail help run 2>/dev/null |
            sed -n '/^stages:/,$s/^  \([a-z][a-z_-]*\) .*/\1/p')" -- "$current"))
        return
        ;;
    --threads | --operator | --authority | --reason) return ;;
    esac
    case $command in
    new) options='--from' ;;
    run) options='--only --out --threads --internal --operator --authority --reason' ;;
    verify) options='--out' ;;
    help)
        COMPREPLY=($(compgen -W 'new sniff check run verify help' -- "$current"))
        return
        ;;
    esac
    case $current in
    -*) COMPREPLY=($(compgen -W "$options $common" -- "$current")) ;;
    *)
        if [ "$command" = sniff ]; then
            COMPREPLY=($(compgen -f -- "$current"))
        else
            COMPREPLY=($(compgen -d -- "$current"))
        fi
        ;;
    esac
}
complete -o filenames -F _moneytrail moneytrail
